// Draws what `views.view` returns as buttons and a list, and sends back what is clicked. It counts nothing itself.

const ABOUT = ["film", "outlet", "critic", "year"]; // what reviews are chosen by
const OF_REVIEWS = [...ABOUT, "words", "review_id"]; // of which groups are made
const TYPED_IN = "[type=search], select";
const TYPED = 300; // ms after a letter in the search before it is sent
const LISTED = 100; // quotes that are listed at once
const count = (number) => number.toLocaleString("en");
const many = (number, one, more) => `${count(number)} ${number === 1 ? one : more}`;
const opinions = (number) => many(number, "opinion", "opinions");
const counts = ([opinions, reviews]) => `${count(opinions)}, in ${count(reviews)}`;

const tableOf = (head, rows) => [h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)];

function render({ model, el }) {
  const scoresAlone = model.get("parts").join() === "scores";
  const unfolded = { filters: false, scores: scoresAlone };
  let typing = null; // a search that is not sent yet
  let follows = false; // a click, whose quotes are to be in sight
  let reads = false; // whether a review is drawn
  const body = h("div");
  const root = h("div", { class: "st-explore" }, body);
  el.append(root);
  const same = (one, two) => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(two).sort());
  const clicked = (at) => same(model.get("choice").clicked, at);

  // A button keeps its key from one drawing to the next, and with it the focus.
  function mark(at, label, content, kind, more = {}) {
    const pressed = String(clicked(at));
    const title = at.review_id ? `${label} (${at.review_id})` : label;
    const named = { class: kind, "data-key": JSON.stringify(at), "aria-pressed": pressed, "aria-label": label, title };
    return button(content, { ...named, onclick: () => choose(at), ...more });
  }

  function choose(at) {
    follows = true;
    ask({ do: "click", at });
  }

  function pill(text, key, more) {
    return button(text, { class: "st-pill", "data-key": key, ...more });
  }

  function pills(filter, legend, known) {
    const chosen = model.get("choice")[filter];
    const buttons = known.map(({ value, label, there }) =>
      pill(label, `${filter} ${value}`, {
        "aria-pressed": String(chosen.includes(value)),
        disabled: !there,
        title: [label, value === label ? "" : ` (${value})`, there ? "" : ": no opinions"].join(""),
        onclick: () => ask({ do: "toggle", filter, value }),
      }),
    );
    const all = h("span", { class: "st-all" }, chosen.length ? `${chosen.length} chosen` : "all");
    return h("fieldset", {}, h("legend", {}, `${legend}: `, all), h("div", { class: "st-pills" }, buttons));
  }

  function reviewPills() {
    const { pills: known, pills_more: more } = model.get("view");
    const fieldset = pills("review_id", "Reviews", known);
    const words = `${count(more)} more: search for their names or words`;
    if (more) fieldset.lastChild.append(h("span", { class: "st-small" }, words));
    return fieldset;
  }

  function search() {
    const type = (event) => {
      clearTimeout(typing);
      const value = event.target.value;
      typing = setTimeout(() => ask({ do: "set", filter: "words", value }), TYPED);
    };
    const attributes = { type: "search", placeholder: model.get("view").searched ?? "in names and texts", "data-key": "words", oninput: type };
    return h("label", {}, "Search ", h("input", { ...attributes, value: model.get("choice").words }));
  }

  function single(filter, legend, first = []) {
    const options = model.get("options")[filter];
    if (!options) return null;
    const known = [...first, ...options.map(({ value, label }) => [value, label])];
    const set = (event) => ask({ do: "set", filter, value: event.target.value });
    return dropdown(`${legend} `, known, model.get("choice")[filter], { "data-key": filter, onchange: set });
  }

  function slider() {
    const value = model.get("choice").least_confidence;
    const shown = h("output", {}, value.toFixed(2));
    const input = h("input", {
      ...{ type: "range", min: 0, max: 1, step: 0.05, value, "data-key": "least_confidence" },
      oninput: (event) => (shown.textContent = Number(event.target.value).toFixed(2)),
      onchange: (event) => ask({ do: "set", filter: "least_confidence", value: Number(event.target.value) }),
    });
    return h("label", {}, "Lowest confidence ", input, shown);
  }

  function filters() {
    const options = model.get("options");
    const choice = model.get("choice");
    const sure = options.has_confidence.some(({ value }) => value === choice.coder);
    const names = { review_id: "reviews", theme: "themes", polarity: "polarity" };
    const chosen = Object.keys(names).filter((filter) => choice[filter].length);
    const said = chosen.length ? `chosen: ${chosen.map((filter) => names[filter]).join(", ")}` : "all shown";
    const words = ["Choose reviews, themes, praise or criticism ", h("span", { class: "st-all" }, `(${said})`)];
    return h(
      "div",
      { class: "st-filters" },
      h(
        "div",
        { class: "st-singles" },
        search(),
        ABOUT.map((name) => single(name, name[0].toUpperCase() + name.slice(1), [["", "all"]])),
        options.coder.length > 1 && single("coder", "Coder"),
        sure && slider(),
        pill("Reset", "reset", { onclick: () => ask({ do: "reset" }) }),
      ),
      h("p", { class: "st-told", role: "status" }, model.get("view").told),
      model.get("view").compared !== undefined && groups(), // a page without a kernel compares none
      fold(
        "filters",
        words,
        reviewPills(),
        pills("theme", "Themes", options.theme),
        pills("polarity", "Polarity", options.polarity),
      ),
    );
  }

  // A and B: each a film, outlet, critic, year or review, or the filters that were kept for it.
  function groups() {
    const choice = model.get("choice");
    const isSet = OF_REVIEWS.some((name) => choice[name].length);
    const known = ABOUT.flatMap((name) =>
      (model.get("options")[name] ?? []).map(({ value, label }) => [JSON.stringify({ [name]: value }), `${name}: ${label}`]),
    );
    for (const { value, label, there } of model.get("view").pills) {
      if (there) known.push([JSON.stringify({ review_id: [value] }), `review: ${label}`]);
    }
    const keep = (filter) => {
      const words = `Keep these filters as ${filter.toUpperCase()}`;
      return isSet && pill(words, `keep ${filter}`, { onclick: () => ask({ do: "keep", filter }) });
    };
    const group = (filter, legend, none) => {
      const chosen = JSON.stringify(choice[filter]);
      const kept = chosen !== "{}" && !known.some(([value]) => value === chosen);
      const name = model.get("view").compared?.groups["ab".indexOf(filter)].name;
      const choices = [["{}", none], ...(kept ? [[chosen, `kept: ${name.slice(3)}`]] : []), ...known];
      const set = (event) => ask({ do: "group", filter, value: JSON.parse(event.target.value) });
      return [dropdown(legend, choices, chosen, { "data-key": `group ${filter}`, onchange: set }), keep(filter)];
    };
    const compares = model.get("view").compared;
    return h(
      "div",
      { class: "st-singles" },
      group("a", "Compare: group A ", "none"),
      compares && group("b", "with group B ", "all others"),
    );
  }

  // What is folded stays so, or unfolded, from one drawing to the next.
  function fold(name, words, ...content) {
    const folded = h("details", { class: "st-fold", open: unfolded[name] });
    folded.append(h("summary", { "data-key": `fold ${name}` }, words), ...content);
    folded.addEventListener("toggle", () => (unfolded[name] = folded.open));
    return folded;
  }

  function side(bar, polarity, most) {
    const [number, reviews] = bar[polarity];
    if (!number) return h("td", { class: `st-side st-${polarity}` });
    const label = `${bar.label}, ${polarity}: ${opinions(number)} in ${many(reviews, "review", "reviews")}`;
    const fill = h("span", { class: "st-fill", style: { width: `calc((100% - var(--st-room)) * ${number / most})` } });
    const text = h("span", {}, counts(bar[polarity]), h("span", { class: "st-unit" }, reviews === 1 ? " review" : " reviews"));
    const drawn = mark({ theme: bar.theme, polarity }, label, [fill, text], "st-bar");
    return h("td", { class: `st-side st-${polarity}` }, drawn);
  }

  function cell(bar, review, found) {
    if (!found) return h("td");
    const [praise, criticism] = found;
    const label = `${bar.label}, ${review.name}: ${praise} praise, ${criticism} criticism`;
    const text = [praise && `+${praise}`, criticism && `−${criticism}`].filter(Boolean).join(" ");
    const tone = praise > criticism ? "praise" : criticism > praise ? "criticism" : "even";
    return h("td", {}, mark({ theme: bar.theme, review_id: review.review_id }, label, text, `st-cell st-on-${tone}`));
  }

  function notShown() {
    const { reviews, reviews_more: more } = model.get("view");
    const all = count(reviews.length + more);
    return more ? `Shown are the ${reviews.length} reviews with the most opinions, of ${all}.` : "";
  }

  function table() {
    const { bars, cells, reviews } = model.get("view");
    const [sides, matrix] = ["bars", "matrix"].map((part) => model.get("parts").includes(part));
    if (!sides && !matrix) return null;
    const found = new Map(cells.map(([theme, review, ...both]) => [JSON.stringify([theme, review]), both]));
    const most = Math.max(1, ...bars.flatMap((bar) => [bar.praise[0], bar.criticism[0]]));
    const column = (text, more = {}) => h("th", { scope: "col", ...more }, text);
    const head = [column("theme")];
    if (sides) head.push(column("← criticism", { class: "st-side" }), column("praise →"));
    if (matrix) head.push(...reviews.map((one) => column(one.name, { class: "st-name", title: one.review_id })));
    const rows = bars.map((bar) => {
      const parts = [h("th", { scope: "row" }, bar.label)];
      if (sides) parts.push(side(bar, "criticism", most), side(bar, "praise", most));
      const both = (review) => found.get(JSON.stringify([bar.theme, review.review_id]));
      if (matrix) parts.push(...reviews.map((review) => cell(bar, review, both(review))));
      return h("tr", {}, parts);
    });
    const caption = [
      sides && "Bars: opinions of each theme, and in how many reviews.",
      matrix && "Cells: + praise, − criticism in each review.",
      matrix && notShown(),
    ];
    const words = caption.filter(Boolean).join(" ");
    const chart = h("table", { class: "st-chart", "aria-label": words }, tableOf(head, rows));
    const longest = Math.max(0, ...bars.flatMap((bar) => [counts(bar.praise).length, counts(bar.criticism).length]));
    chart.style.setProperty("--st-room", `calc(${longest + 2}ch + var(--st-unit))`); // for the count beside the longest bar
    return h("div", {}, h("p", { class: "st-caption" }, words), h("div", { class: "st-scroll" }, chart));
  }

  // Each difference of A and B: its counts, and a dot with its interval, to the side of the group that has more.
  function difference(row, hollow) {
    const isScore = row.about === "score";
    const [one, other] = ["", "other_"].map((of) => {
      if (isScore) return `mean ${Math.round(100 * row[`${of}share`])}`;
      return `${count(row[`${of}reviews`])} of ${count(row[`of_${of}reviews`])}`;
    });
    const [points, low, high] = ["difference", "low", "high"].map((name) => Math.round(100 * row[name]));
    const what = isScore ? "Score" : `${row.what}, ${row.about}`;
    const chance = row.beyond ? "beyond chance" : "within chance";
    const label = `${what}: A ${one}, B ${other}; difference ${points} points, from ${low} to ${high}, ${chance}`;
    const place = (share) => `${50 + 50 * Math.max(-1, Math.min(1, share))}%`;
    const line = { left: place(-row.high), right: `calc(100% - ${place(-row.low)})` };
    const kind = `st-point st-${row.polarity ?? "score"} ${hollow ? "st-hollow" : ""}`;
    const point = h("span", { class: kind, style: { left: place(-row.difference) } });
    const plot = [h("span", { class: "st-line-of", style: line }), point];
    const at = { theme: row.theme, polarity: row.polarity };
    const named = isScore ? what : mark(at, label, what, "st-theme", { onclick: null }); // a click reaches its row
    return h(
      "tr",
      { class: row.beyond && "st-beyond", title: label, onclick: isScore ? null : () => choose(at) },
      h("th", { scope: "row" }, named),
      [one, other].map((text) => h("td", { class: "st-count" }, text)),
      h("td", { class: "st-plot" }, h("div", {}, plot)),
      h("td", { class: "st-points" }, points ? `${points > 0 ? "A" : "B"} +${Math.abs(points)}` : "0"),
    );
  }

  function strip({ name, said, scores }) {
    const most = Math.max(1, ...scores.map(([, number]) => number));
    const bars = scores.map(([score, number]) => {
      const style = { left: `${score}%`, height: `${(100 * number) / most}%` };
      return h("span", { class: "st-score", title: `${score}: ${many(number, "review", "reviews")}`, style });
    });
    return row(h("span", {}, h("b", {}, name), h("br"), h("span", { class: "st-small" }, said)), bars, null, "st-strip");
  }

  function comparison() {
    const { rows, hollow, said, groups } = model.get("view").compared;
    const column = (more, ...text) => h("th", { scope: "col", ...more }, text);
    const head = [
      column({}, "in how many reviews"),
      column({ class: "st-count" }, "A"),
      column({ class: "st-count" }, "B"),
      column({ class: "st-plot" }, "← more in A", h("span", {}, "more in B →")),
      column({ class: "st-points", title: "Difference in percentage points" }, "points"),
    ];
    const small = hollow ? "; hollow: a group has fewer than 10 reviews" : "";
    const how = "Dots: how far A and B differ; lines: 95% intervals; bold: beyond chance, all rows taken together";
    const drawn = rows.map((one) => difference(one, hollow));
    const table = h("table", { class: "st-differences", "aria-label": "Where A and B differ" }, tableOf(head, drawn));
    const box = { class: "st-scroll st-tall", tabindex: "0", role: "group", "aria-label": "Differences" };
    return h(
      "div",
      { class: "st-compared" },
      h("p", { class: "st-heading", "aria-live": "polite" }, said),
      groups.map(strip),
      groups.some(({ scores }) => scores.length) && axis("scores from 0 to 100"),
      rows.length > 0 && [h("p", { class: "st-caption" }, `${how}${small}.`), h("div", box, table)],
    );
  }

  function dot(review) {
    const { review_id, name, score, score_raw, score_status, opinions: number } = review;
    const known = { stated: score_raw, ambiguous: `${score_raw} (ambiguous)`, unreadable: `${score_raw} (unreadable)` };
    const printed = known[score_status] || "no score printed";
    const text = `${printed} · ${opinions(number)}`;
    const worth = score === null ? "" : `, ${score} of 100`;
    const style = { left: `${score ?? 0}%` };
    const kind = `st-dot ${score > 60 ? "st-before" : ""} ${score === null ? "st-none" : `st-${score_status}`}`;
    const content = [score !== null && h("span", { class: "st-disc" }), h("span", {}, text)];
    const label = `${name}: ${printed}${worth}; ${opinions(number)}`;
    const drawn = number ? mark({ review_id }, label, content, kind, { style }) : h("span", { class: kind, style }, content);
    return row(name, drawn, review_id);
  }

  function row(who, track, title = null, kind = "") {
    const parts = [h("span", { class: "st-who", title }, who), h("div", { class: "st-track" }, track)];
    return h("div", { class: `st-row ${kind}` }, parts);
  }

  function axis(words) {
    const ticks = [0, 25, 50, 75, 100].map((tick) => h("span", { style: { left: `${tick}%` } }, String(tick)));
    return h("div", { "aria-hidden": "true" }, row(words, ticks, null, words ? "st-axis st-strip" : "st-axis"));
  }

  function scores() {
    if (!model.get("parts").includes("scores")) return null;
    const said = "Scores from 0 to 100. A hollow dot is an ambiguous score, which is not counted.";
    const content = h(
      "div",
      { class: "st-scores" },
      h("p", { class: "st-caption" }, `${said} ${notShown()}`),
      single("convention", "Convention for letter grades"),
      model.get("view").reviews.map(dot),
      axis(""),
    );
    return fold("scores", "Scores of the reviews", content);
  }

  function listing({ quotes, first = 0, of }, side) {
    const compares = model.get("view").compared;
    const opens = compares !== undefined;
    const sure = quotes.some((quote) => quote[5] !== null);
    const head = ["review", "theme", "polarity", ...(sure ? ["confidence"] : []), "quote"];
    const rows = quotes.map(([name, id, theme, polarity, quote, confidence, place], number) => {
      const at = [side, first + number];
      const open = () => ask({ do: "read", at });
      const more = { class: "st-open", tabindex: "-1", "data-key": `quote ${at}`, title: "Open its review", onclick: open };
      const shown = opens ? button(quote, more) : place ? h("a", { href: place }, quote) : quote;
      return h(
        "tr",
        {},
        h("td", { title: id }, name),
        h("td", {}, theme),
        h("td", { class: "st-polarity" }, `${SIGNS[polarity]} ${polarity}`),
        sure && h("td", {}, confidence === null ? "" : confidence.toFixed(2)),
        h("td", { class: "st-quote", dir: "auto" }, shown),
      );
    });
    const name = compares ? `Quotes of ${compares.groups[side].name}` : "Quotes";
    const turn = (text, to) => pill(text, `turn ${side} ${text}`, { onclick: () => ask({ do: "turn", at: [side, to] }) });
    const left = of - quotes.length;
    const list = { class: "st-list", tabindex: "0", role: "group", "aria-label": name, "data-key": `quotes ${side}` };
    const listed = opens
      ? `${count(first + 1)} to ${count(first + quotes.length)} of ${count(of)} opinions.`
      : `${many(left, "more opinion is", "more opinions are")} not listed here.`;
    return h(
      "div",
      { class: "st-side-of" },
      compares && h("p", {}, h("b", {}, compares.groups[side].name), `: ${opinions(of)}`),
      h(
        "div",
        { ...list, onkeydown: walk },
        h("table", {}, tableOf(head.map((name) => h("th", { scope: "col" }, name)), rows)),
      ),
      left > 0 &&
        h(
          "p",
          { class: "st-line st-small" },
          opens && first > 0 && turn("‹ Earlier", first - LISTED),
          opens && first + quotes.length < of && turn("Later ›", first + LISTED),
          `${listed}${model.get("view").code ? " The line of code lists all." : ""}`,
        ),
    );
  }

  // The arrow keys go from quote to quote.
  function walk(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...event.currentTarget.querySelectorAll(".st-open")];
    if (!by || !all.length) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + by))].focus();
  }

  // The review of a quote, in the quote's place; back leads to where it was opened.
  function reading() {
    const { pieces, opinions, first, current, name, number, quotes, part } = model.get("view").reading;
    const [side] = model.get("choice").at;
    const step = (text, by, key) => {
      const next = (number + by + quotes) % quotes;
      return pill(text, `step ${by}`, { title: `Key: ${key}`, onclick: () => ask({ do: "read", at: [side, next] }) });
    };
    const shown = pieces.map((piece) => drawPiece(piece, { opinions, first }));
    const text = h("div", { class: "sl-text" }, shown);
    for (const node of text.querySelectorAll(`[data-number="${current}"]`)) node.classList.add("sl-current");
    const { polarity, label } = opinions[current - first];
    const of = model.get("view").compared?.groups[side].name;
    const which = `quote ${count(number + 1)} of ${count(quotes)}`;
    const said = [of, which, `${SIGNS[polarity]} ${polarity}: ${label}`].filter(Boolean);
    return h(
      "div",
      { class: "st-quotes st-reading sl-reader", role: "group", "aria-label": "A quote in its review" },
      h(
        "p",
        { class: "st-line" },
        pill("‹ Back to the quotes", "back", { title: "Key: Esc", onclick: () => ask({ do: "leave" }) }),
        step("‹ Previous quote", -1, "p"),
        step("Next quote ›", 1, "n"),
        h("span", { role: "status" }, h("b", {}, name), ` · ${said.join(" · ")}`),
      ),
      part && h("p", { class: "st-small" }, part),
      h("div", { class: "sl-page", tabindex: "0", role: "group", "aria-label": name, "data-key": "page" }, text),
    );
  }

  function quotes() {
    const view = model.get("view");
    if (view.reading) return reading();
    const code = h("code", { class: "st-code" }, view.code ?? "");
    const opens = view.compared === undefined ? "" : ", arrow keys from one to the next, Enter to its review";
    const copy = pill("Copy the code", "copy", { onclick: () => copyText(view.code, code, copy) });
    return h(
      "div",
      { class: "st-quotes" },
      h("p", { class: "st-heading", "aria-live": "polite", title: "Key: q" }, view.heading),
      view.code && h("p", { class: "st-line" }, code, copy), // a page without a kernel has no code
      h("div", { class: view.sides.length > 1 && "st-two" }, view.sides.map(listing)),
      h("p", { class: "st-small" }, `Key: q leads to the quotes from anywhere above${opens}.`),
      h("p", { class: "st-small" }, view.coding),
    );
  }

  function draw() {
    const active = body.contains(document.activeElement) ? document.activeElement : null;
    const key = active?.dataset.key;
    const typed = key === "words" && { value: active.value, at: active.selectionStart };
    const chart = model.get("view").compared ? comparison() : table();
    const parts = scoresAlone ? [filters(), chart, scores(), quotes()] : [filters(), chart, quotes(), scores()];
    const { scrollTop = 0, scrollLeft = 0 } = body.querySelector(".st-scroll") ?? {};
    body.replaceChildren(...parts.filter(Boolean));
    Object.assign(body.querySelector(".st-scroll") ?? {}, { scrollTop, scrollLeft });
    const find = (key) => [...body.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key);
    const isRead = Boolean(model.get("view").reading);
    const next = key?.replace("keep", "group").replace(/^turn (\d).*/, "quotes $1"); // where a button was that is gone
    const again = key && (find(key) ?? find(isRead ? "page" : reads ? `quote ${model.get("choice").at}` : next));
    if (typed) again.value = typed.value; // what is typed goes on while the kernel searches
    again?.focus({ preventScroll: true });
    if (typed) again.setSelectionRange(typed.at, typed.at);
    if (follows || reads !== isRead) {
      for (const part of [".st-quotes", "[aria-pressed=true]:not(.st-pill)"]) {
        body.querySelector(part)?.scrollIntoView({ block: "nearest" });
      }
    }
    follows = false;
    reads = isRead;
    if (again?.matches(".st-open")) center(again, again.closest(".st-list"));
    const now = body.querySelector(".sl-current");
    if (now) center(now, now.closest(".sl-page"));
  }

  function center(node, box) {
    box.scrollTop += node.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }

  // One key leads from anywhere in the widget to the quotes; others from quote to quote while one is read, and back.
  const keys = {
    q: () => body.querySelector(".st-list, .sl-page").focus(),
    Escape: () => body.querySelector("[data-key=back]")?.click(),
    p: () => body.querySelector("[data-key='step -1']")?.click(),
    n: () => body.querySelector("[data-key='step 1']")?.click(),
  };
  root.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPED_IN)) return;
    event.preventDefault();
    keys[event.key]();
  });
  draw();
  const [ask, ...stops] = conversation(model, root, draw);
  stops.push(follow(model, { "change:view": draw }), keepKeys(root));
  return () => stops.forEach((stop) => stop());
}

function copyText(text, shown, copy) {
  const said = (words) => (copy.textContent = words);
  const select = () => {
    window.getSelection().selectAllChildren(shown);
    said("Selected: press Ctrl+C");
  };
  if (!navigator.clipboard) select();
  else
    navigator.clipboard.writeText(text).then(() => {
      said("Copied");
      copy.closest(".jp-Notebook")?.focus(); // so that b makes a cell to paste it into
    }, select);
}

export default { render };
