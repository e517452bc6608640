// Walk through a chart in words, a list of lists, with the arrow keys: down and up to the next and the one before, right
// to what is inside, left back out. What is reached is shown, and read aloud.

function listed({ says, parts }) {
  return h("ul", {}, h("li", {}, h("span", {}, says), parts.map(listed)));
}

// Make the control that walks through a list; each part of a list is a list of its own, with one item.
function walker(list, name) {
  const inside = (item) => [...item.querySelectorAll(":scope > ul > li")];
  const above = (item) => (item.parentElement === list ? null : item.parentElement.parentElement);
  const beside = (item) => (above(item) ? inside(above(item)) : [item]);
  const moves = {
    ArrowRight: () => inside(at)[0],
    ArrowLeft: () => above(at),
    ArrowDown: () => (above(at) ? beside(at)[beside(at).indexOf(at) + 1] : inside(at)[0]),
    ArrowUp: () => beside(at)[beside(at).indexOf(at) - 1] ?? above(at),
    Home: () => list.firstElementChild,
    End: () => beside(at).at(-1),
  };
  let at = list.firstElementChild;
  const told = h("p", { "aria-live": "polite" }, "Arrow keys walk through the chart: ↓ ↑ next, before; → ← in, out.");

  function tell() {
    const [known, within] = [beside(at), inside(at).length];
    const place = known.length > 1 ? ` (${known.indexOf(at) + 1} of ${known.length})` : "";
    told.textContent = `${at.firstElementChild.textContent}${place}${within ? ` → ${within} inside` : ""}`;
  }

  function onkeydown(event) {
    if (!moves[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    at = moves[event.key]() ?? at;
    tell();
  }
  const label = `${name} in words: walk through it with the arrow keys`;
  return h("div", { class: "st-walk", tabindex: 0, role: "application", "aria-label": label, onkeydown, onfocus: tell }, told);
}

function renderWalk({ model, el }) {
  const list = listed(model.get("words"));
  const root = h("div", {}, walker(list, "Chart"), h("details", {}, h("summary", {}, "All in words"), list));
  el.append(root);
  return keepKeys(root);
}

export default { render: renderWalk };
