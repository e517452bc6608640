// Draws what `views.view` returns as buttons and a list, and sends back what is clicked. It counts nothing itself.

const ABOUT = ["film", "outlet", "critic", "year"]; // what reviews are chosen by
const TYPED_IN = "[type=search], select";
const TYPED = 300; // ms after a letter in the search before it is sent
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
      fold(
        "filters",
        words,
        reviewPills(),
        pills("theme", "Themes", options.theme),
        pills("polarity", "Polarity", options.polarity),
      ),
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

  function scores() {
    if (!model.get("parts").includes("scores")) return null;
    const ticks = [0, 25, 50, 75, 100].map((tick) => h("span", { style: { left: `${tick}%` } }, String(tick)));
    const said = "Scores from 0 to 100. A hollow dot is an ambiguous score, which is not counted.";
    const content = h(
      "div",
      { class: "st-scores" },
      h("p", { class: "st-caption" }, `${said} ${notShown()}`),
      single("convention", "Convention for letter grades"),
      model.get("view").reviews.map(dot),
      h("div", { "aria-hidden": "true" }, row("", ticks, null, "st-axis")),
    );
    return fold("scores", "Scores of the reviews", content);
  }

  function quotes() {
    const view = model.get("view");
    const sure = view.quotes.some((quote) => quote[5] !== null);
    const head = ["review", "theme", "polarity", ...(sure ? ["confidence"] : []), "quote"];
    const rows = view.quotes.map(([name, id, theme, polarity, quote, confidence, place]) =>
      h(
        "tr",
        {},
        h("td", { title: id }, name),
        h("td", {}, theme),
        h("td", { class: "st-polarity" }, `${SIGNS[polarity]} ${polarity}`),
        sure && h("td", {}, confidence === null ? "" : confidence.toFixed(2)),
        h("td", { class: "st-quote", dir: "auto" }, place ? h("a", { href: place }, quote) : quote),
      ),
    );
    const code = h("code", { class: "st-code" }, view.code ?? "");
    const copy = pill("Copy the code", "copy", { onclick: () => copyText(view.code, code, copy) });
    const notListed = many(view.quotes_more, "more opinion is", "more opinions are");
    return h(
      "div",
      { class: "st-quotes" },
      h("p", { class: "st-heading", "aria-live": "polite", title: "Key: q" }, view.heading),
      view.code && h("p", { class: "st-line" }, code, copy), // a page without a kernel has no code
      h(
        "div",
        { class: "st-list", tabindex: "0", role: "group", "aria-label": "Quotes", "data-key": "quotes" },
        h("table", {}, tableOf(head.map((name) => h("th", { scope: "col" }, name)), rows)),
      ),
      view.quotes_more > 0 && h("p", { class: "st-small" }, `${notListed} not listed here.`, view.code && " The line of code lists all."),
      h("p", { class: "st-small" }, "Key: q leads to the quotes from anywhere above."),
      h("p", { class: "st-small" }, view.coding),
    );
  }

  function draw() {
    const active = body.contains(document.activeElement) ? document.activeElement : null;
    const key = active?.dataset.key;
    const typed = key === "words" && { value: active.value, at: active.selectionStart };
    const parts = scoresAlone ? [filters(), scores(), quotes()] : [filters(), table(), quotes(), scores()];
    body.replaceChildren(...parts.filter(Boolean));
    const again = key && [...body.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key);
    if (typed) again.value = typed.value; // what is typed goes on while the kernel searches
    again?.focus({ preventScroll: true });
    if (typed) again.setSelectionRange(typed.at, typed.at);
    if (follows) body.querySelector(".st-quotes").scrollIntoView({ block: "nearest" });
    follows = false;
  }

  // One key leads from anywhere in the widget to the quotes.
  root.addEventListener("keydown", (event) => {
    if (event.key !== "q" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPED_IN)) return;
    event.preventDefault();
    body.querySelector(".st-list").focus();
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
