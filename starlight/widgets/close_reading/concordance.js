// The search: a field, where to search, and a list of what was found. The kernel finds; Concordance.view says what.

const TYPED = 150; // ms after a letter before its words are looked for

function searchOf(model, ask, read, redrawn) {
  let typing = null; // a search that is not sent yet
  const label = "Search names and texts";
  const field = h("input", { type: "search", placeholder: label, "aria-label": label });
  const where = choice([["", "in all reviews"], ["here", "in this review"]], { "aria-label": "Where to search" });
  const said = h("span", { class: "sl-listed", role: "status" });
  const list = h("ol", { class: "sl-found", "aria-label": "What was found" });

  function search() {
    clearTimeout(typing);
    typing = setTimeout(() => ask({ do: "find", words: field.value, here: where.value === "here" }), TYPED);
  }

  function open(one, event) {
    for (const row of list.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    event.currentTarget.setAttribute("aria-current", "true");
    const { review, start, end } = one;
    read(one.around ? { do: "read", review, start, end } : { do: "open", review });
  }

  function cells({ around: [before, words, after], name, coded }) {
    const say = ([polarity, label]) => h("span", { class: `sl-${polarity}` }, `${SIGNS[polarity]} ${label} `);
    return [
      h("bdi", { class: "sl-before" }, before),
      h("bdi", {}, h("b", {}, words), after),
      h("bdi", { class: "sl-of", title: name }, name),
      h("span", { class: "sl-coded" }, coded.length ? coded.map(say) : "no opinion"),
    ];
  }

  function draw() {
    const { words, said: count, named, places } = model.get("found");
    const { reviews, of } = model.get("menu");
    const at = [...list.children].findIndex((row) => row.contains(document.activeElement));
    const row = (one) => button(one.around ? cells(one) : one.name, { onclick: (event) => open(one, event) });
    list.replaceChildren(...[...named, ...places].map((one) => h("li", {}, row(one))));
    list.children[at]?.firstChild.focus();
    list.hidden = !list.children.length;
    const first = `Listed: the first ${reviews.length} of ${of.toLocaleString("en")} reviews.`;
    said.textContent = words ? count : of > reviews.length ? first : "";
    redrawn(!list.hidden);
  }

  const step = (by) => ({ target }) => {
    const stops = [field, ...list.querySelectorAll("button")];
    stops[stops.indexOf(target) + by]?.focus();
  };
  const clear = () => {
    field.value = "";
    search();
  };
  field.addEventListener("input", search);
  where.addEventListener("change", search);
  field.addEventListener("keydown", onKeys({ ArrowDown: step(1), Enter: step(1), Escape: clear }));
  list.addEventListener("keydown", onKeys({ ArrowDown: step(1), ArrowUp: step(-1), Escape: () => field.focus() }));
  const turned = () => where.value && field.value && search();
  return { field, where, said, list, draw, turned };
}

