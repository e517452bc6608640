// Draw every chart in place of its picture, which stays if the chart cannot be drawn: its title as text that wraps, and
// the chart as narrow as the page if it is.
options.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : undefined;
const plain = (text) => (typeof text === "string" || Array.isArray(text) ? [text].flat().join(" ") : "");

// Take the title out of a specification, or out of its first panel; return both. A chart may work its title out: it stays.
function takeTitle(whole) {
  const [first, ...others] = whole.title ? [whole] : (whole.vconcat ?? [{}]);
  const { text = first.title, subtitle = "" } = first.title?.text ? first.title : {};
  if (!plain(text)) return [whole, []];
  const { title, ...untitled } = first;
  const lines = [["b", plain(text)], ...[subtitle].flat().map((line) => ["span", plain(line)])];
  const elements = lines.filter(([, words]) => words).map(([tag, textContent]) =>
    Object.assign(document.createElement(tag), { textContent }),
  );
  return [whole.title ? untitled : { ...whole, vconcat: [untitled, ...others] }, elements];
}

// Return a specification with all its widths less by what is too much; panels in a grid go below each other. Where bars
// go to both sides of 0, up to `most`, their axis gets longer, so that the words at their ends have as much room as they
// had, but no more than four fifths of the chart. Words beside other marks get more, too. Columns of numbers stay beside
// the chart.
function narrower(part, excess, most, was = 0, is = 0) {
  if (Array.isArray(part)) return part.map((one) => narrower(one, excess, most, was, is));
  if (!part || typeof part !== "object") return part;
  const copy = { ...part };
  if (typeof part.width === "number") {
    was = part.width;
    is = copy.width = Math.max(120, was - excess);
  }
  if (part.columns > 1 && part.facet) copy.columns = 1;
  if (is && part.encoding?.x?.value > was) {
    copy.encoding = { ...part.encoding, x: { ...part.encoding.x, value: part.encoding.x.value - was + is } };
  }
  const { x } = part.encoding ?? {};
  const [low, high] = x?.scale?.domain ?? [];
  if (is && high > 0 && low === -high && x.field !== "difference") {
    const room = Math.min(0.8, ((1 - most / high) * was) / is);
    const end = x.field === "signed" ? most / (1 - room) : high * (1 + 0.4 * (was / is - 1));
    copy.encoding = { ...part.encoding, x: { ...x, scale: { ...x.scale, domain: [-end, end] } } };
  }
  for (const name of ["spec", "layer", "vconcat", "hconcat", "concat"]) {
    if (name in part) copy[name] = narrower(part[name], excess, most, was, is);
  }
  return copy;
}

// Return how far the longest bar goes to either side of 0, of those that go to both.
function longest(view) {
  const rows = Object.keys(view.getState({ data: () => true }).data).flatMap((name) => view.data(name));
  return rows.reduce((most, row) => Math.max(most, Math.abs(row?.signed ?? 0)), 0);
}

async function draw(figure) {
  // Without usermeta, from which Vega-Embed would take options, a patch of the chart among them.
  const { usermeta, $schema, ...stored } = JSON.parse(figure.querySelector("script").textContent);
  const [specification, title] = takeTitle(stored);
  const scroll = figure.querySelector(".scroll");
  const drawn = document.createElement("div");
  let { view } = await vegaEmbed(drawn, specification, options);
  const width = () => Number(drawn.querySelector("svg").getAttribute("width"));
  const most = longest(view);
  let tried = specification;
  for (let turn = 0; turn < 3 && width() > scroll.clientWidth + 1; turn += 1) {
    tried = narrower(tried, width() - scroll.clientWidth, most);
    view.finalize();
    ({ view } = await vegaEmbed(drawn, tried, options));
  }
  for (const empty of drawn.querySelectorAll("[role=graphics-symbol]:empty:not([aria-label])")) empty.removeAttribute("role");
  scroll.replaceChildren(drawn);
  if (title.length) {
    const head = Object.assign(document.createElement("p"), { className: "title" });
    head.append(...title);
    figure.prepend(head);
  }
  lead(figure, drawn, view, stored);
  offerPicture(figure, stored);
}

// A mark that counts praise or criticism of a theme leads to its quotes, if they are of the same coding. Charts whose
// marks are there to be clicked keep their clicks.
function lead(figure, drawn, view, stored) {
  const { quotes, coder } = figure.closest("[data-quotes]")?.dataset ?? {};
  if (!quotes || JSON.stringify(stored).includes('"params":')) return;
  const leads = (item) => item?.datum?.theme && item.datum.polarity && (item.datum.coder ?? coder) === coder;
  view.addEventListener("mouseover", (_, item) => (drawn.style.cursor = leads(item) ? "pointer" : ""));
  view.addEventListener("click", (_, item) => {
    if (leads(item)) location.href = quotes + encodeURIComponent(`${item.datum.theme}-${item.datum.polarity}`);
  });
}

// The chart as it is stored, whole, in pixels enough for print: four to each of the screen's.
function offerPicture(figure, stored) {
  const link = figure.querySelector("a.png");
  link.hidden = false;
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const { view } = await vegaEmbed(document.createElement("div"), stored, { ...options, theme: undefined });
    const save = Object.assign(document.createElement("a"), { download: link.download });
    save.href = await view.toImageURL("png", 4);
    save.click();
    view.finalize();
  });
}

for (const figure of document.querySelectorAll("figure.chart")) draw(figure).catch((error) => console.error(error));
