// `explore` on a page, without a kernel: what widgets/explore/views.py works out, from the rows that the page holds.

const COLUMNS = 24; // reviews that the matrix and the scores show at once
const [STATUS, TITLE] = [1, 2]; // of a row of reviews, which goes on with those of ABOUT
const ABOUT_AT = { film: 3, outlet: 4, year: 5, critic: 6 };
const FILTERS = ["theme", "polarity", "review_id"];
const FIELDS = ["review_id", "theme", "polarity", "coder"]; // a row begins with their numbers among the options
const [CONFIDENCE, QUOTE, PLACE] = [4, 5, 6];

// A text in which all that makes no difference to a search is alike, as in widgets/close_reading/concordance.py.
const UNSEEN = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\ufe00-\ufe0f]|\p{Cf}/gu; // accents, and signs without a shape
const ALIKE = { "’": "'", "‘": "'", ʼ: "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-" };
Object.assign(ALIKE, { "−": "-", ß: "ss", ς: "σ", ø: "o", ł: "l", đ: "d", ħ: "h", ı: "i", æ: "ae", œ: "oe" });
const alike = (text) =>
  text.normalize("NFKD").toLowerCase().replace(UNSEEN, "").replace(/[^\x00-\x7f]/g, (one) => ALIKE[one] ?? one);

// The browser keeps with a page's entry in its history what was chosen, so that Back from a review leads to it again.
function remember(key, kept) {
  history.replaceState({ ...history.state, [key]: kept }, "");
}

function pageModel(data, page, key) {
  const { options, opinions: rows, reviews, read = reviews.length } = data; // what was stored before has no `read`
  const handlers = {};
  const labels = {};
  const numbers = {};
  for (const name of FIELDS) {
    labels[name] = options[name].map((one) => one.label);
    numbers[name] = new Map(options[name].map((one, at) => [one.value, at]));
  }
  const value = (name, at) => options[name][at].value;
  let choice = history.state?.[key]?.choice ?? data.choice;
  const texts = reviews.map((review, at) => [labels.review_id[at], ...review.slice(TITLE)].join(" "));
  for (const row of rows) texts[row[0]] += ` \n${row[QUOTE]}`;
  texts.forEach((text, at) => (texts[at] = alike(text)));

  const ofCoder = ({ coder }) => rows.filter((row) => row[3] === numbers.coder.get(coder));
  const asksConfidence = ({ coder, least_confidence: least }) =>
    least > 0 && options.has_confidence.some((one) => one.value === coder);

  // Which reviews are of this film, outlet, critic and year, and have these words in their names or quotes.
  function kept(choice) {
    const words = alike(choice.words);
    const wanted = ABOUT.filter((name) => choice[name]);
    return reviews.map(
      (review, at) => wanted.every((name) => review[ABOUT_AT[name]] === choice[name]) && texts[at].includes(words),
    );
  }

  function counted(choice) {
    const ofKept = kept(choice);
    const wanted = FILTERS.filter((name) => choice[name].length);
    const sets = wanted.map((name) => [FIELDS.indexOf(name), new Set(choice[name].map((one) => numbers[name].get(one)))]);
    return ofCoder(choice).filter(
      (row) =>
        ofKept[row[0]] &&
        sets.every(([at, kept]) => kept.has(row[at])) &&
        (!asksConfidence(choice) || row[CONFIDENCE] >= choice.least_confidence),
    );
  }

  function listed(choice, from = counted(choice)) {
    const marks = Object.entries(choice.clicked).map(([name, one]) => [FIELDS.indexOf(name), numbers[name].get(one)]);
    return from.filter((row) => marks.every(([at, number]) => row[at] === number));
  }

  function act({ do: what, filter, value: given, at }) {
    if (what === "reset") return data.choice;
    const after = { ...choice };
    if (what === "toggle") {
      const chosen = new Set(choice[filter]);
      if (!chosen.delete(given)) chosen.add(given);
      after[filter] = options[filter].map((one) => one.value).filter((one) => chosen.has(one));
    }
    if (what === "set") after[filter] = filter === "words" ? given.split(/\s+/).filter(Boolean).join(" ") : given;
    const same = (one) => JSON.stringify(Object.entries(one).sort());
    if (what === "click") after.clicked = same(choice.clicked) === same(at) ? {} : at;
    if (!listed(after).length) after.clicked = {};
    return after;
  }

  // How many rows each number of one column has.
  function tally(rows, column, length) {
    const counts = new Array(length).fill(0);
    for (const row of rows) counts[row[column]] += 1;
    return counts;
  }

  // Those with the most opinions, if there are too many.
  function most(there, counts) {
    if (there.length <= COLUMNS) return there;
    return [...there].sort((one, two) => counts[two] - counts[one] || one - two).slice(0, COLUMNS);
  }

  function bars(counts) {
    const total = tally(ofCoder(choice), 1, options.theme.length);
    const found = options.theme.map(() => options.polarity.map(() => [0, new Set()]));
    for (const row of counts) {
      const bar = found[row[1]][row[2]];
      bar[0] += 1;
      bar[1].add(row[0]);
    }
    const order = [...total.keys()].sort((one, two) => total[two] - total[one]);
    return order
      .filter((at) => !choice.theme.length || choice.theme.includes(value("theme", at)))
      .map((at) => {
        const both = options.polarity.map((one, side) => [one.value, [found[at][side][0], found[at][side][1].size]]);
        return { theme: value("theme", at), label: labels.theme[at], ...Object.fromEntries(both) };
      });
  }

  function cells(counts, shown) {
    const found = new Map();
    for (const [review, theme, polarity] of counts) {
      if (!shown.has(review)) continue;
      const key = theme * reviews.length + review;
      if (!found.has(key)) found.set(key, [value("theme", theme), value("review_id", review), 0, 0]);
      found.get(key)[2 + polarity] += 1;
    }
    return [...found.values()];
  }

  function quote(row) {
    const [review, theme, polarity] = row;
    const named = [labels.review_id[review], value("review_id", review), labels.theme[theme], value("polarity", polarity)];
    return [...named, row[QUOTE], row[CONFIDENCE], row[PLACE] && page + row[PLACE]];
  }

  function view() {
    const counts = counted(choice);
    const behind = listed(choice, counts);
    const ofReview = tally(counts, 0, reviews.length);
    const chosen = choice.review_id.map((one) => numbers.review_id.get(one));
    const ofKept = kept(choice);
    const all = [...reviews.keys()].filter((at) => ofKept[at]);
    const there = chosen.length ? chosen.filter((at) => ofKept[at]) : all;
    const shown = most(there, ofReview);
    const ofCoders = tally(ofCoder(choice), 0, reviews.length);
    const named = most(all, ofCoders);
    const what = FILTERS.filter((name) => name in choice.clicked)
      .map((name) => labels[name][numbers[name].get(choice.clicked[name])])
      .join(", ");
    const number = (count) => count.toLocaleString("en");
    const inReviews = `in ${number(new Set(behind.map((row) => row[0])).size)} of ${number(read)} reviews`;
    const said = `${number(behind.length)} of ${number(ofCoder(choice).length)} opinions, ${inReviews}`;
    return {
      pills: [...chosen.filter((at) => !named.includes(at)), ...named].map((at) => ({
        value: value("review_id", at),
        label: labels.review_id[at],
        there: ofCoders[at] > 0,
      })),
      pills_more: Math.max(0, all.length - COLUMNS),
      searched: "in names and quotes",
      bars: bars(counts),
      cells: cells(counts, new Set(shown)),
      reviews: shown.map((at) => ({
        review_id: value("review_id", at),
        name: labels.review_id[at],
        score_raw: reviews[at][0],
        score_status: reviews[at][STATUS],
        score: data.scores[choice.convention]?.[at] ?? null,
        opinions: ofReview[at],
      })),
      reviews_more: there.length - shown.length,
      sides: [{ quotes: behind.slice(0, LISTED).map(quote), of: behind.length }],
      heading: what ? `${what}: ${said}` : said,
      coding: data.codings[numbers.coder.get(choice.coder)] ?? "",
    };
  }

  const state = { options, parts: data.parts, choice, view: view() };
  return {
    get: (name) => state[name],
    on: (event, handler) => (handlers[event] = handler),
    off: (event) => delete handlers[event],
    send(message) {
      if (message.do !== "hello") {
        state.choice = choice = act(message);
        state.view = view();
        handlers["change:view"]?.();
        remember(key, { choice });
      }
      handlers["msg:custom"]?.({ answered: message.number });
    },
  };
}

// Mark what is wider than the page, and on which sides there is more of it.
function markWide() {
  for (const box of document.querySelectorAll(".scroll, .st-scroll")) {
    const { scrollLeft: before, clientWidth, scrollWidth } = box;
    box.classList.toggle("wide", scrollWidth > clientWidth + 1);
    box.classList.toggle("before", before > 1);
    box.classList.toggle("more", before + clientWidth < scrollWidth - 1);
  }
}

for (const words of document.querySelectorAll("figure > .words:has(ul)")) {
  words.before(walker(words.querySelector("ul"), words.dataset.name));
}
for (const root of document.querySelectorAll("div.explore")) {
  const written = root.querySelector("script").textContent;
  const key = `${root.id} ${written.length}`; // another key once the page is made anew, with other reviews
  const model = pageModel(JSON.parse(written), root.dataset.page, key);
  const el = document.createElement("div");
  render({ model, el });
  root.replaceChildren(el);
  const links = () => [...el.querySelectorAll(".st-quote a")];
  el.addEventListener("click", ({ target }) => {
    const quote = links().indexOf(target);
    if (quote >= 0) remember(key, { choice: model.get("choice"), quote });
  });
  new MutationObserver(markWide).observe(el, { childList: true, subtree: true });
  links()[history.state?.[key]?.quote]?.focus();
}
document.addEventListener("scroll", markWide, { capture: true, passive: true });
new ResizeObserver(markWide).observe(document.body);
