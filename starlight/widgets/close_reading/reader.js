// Draws what reader.py sends and asks it for what is wanted. Text of a review only ever becomes textContent.

const SIGNS = { praise: "+", criticism: "−" };
const PAUSE = 800; // ms after a key in a list before its choice is sent: arrow keys pass over choices

function make(name, settings = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(settings)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...inside);
  return element;
}

function labelled(text, control) {
  return make("label", {}, make("span", { textContent: text }), control);
}

function fill(select, choices) {
  select.replaceChildren(...choices.map(([value, label]) => make("option", { value, textContent: label })));
}

// The place of a point of the page in the review, in characters as Python counts them.
function place(node, offset, text) {
  if (node === text) {
    const piece = text.children[offset];
    return Number(piece ? piece.dataset.start : text.dataset.end);
  }
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".sl-piece");
  if (!piece) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : offset ? piece.textContent : "";
  return Number(piece.dataset.start) + [...before].length;
}

function drawPiece(piece, opinions) {
  const element = make("span", { className: `sl-piece sl-${piece.part || "between"}`, "data-start": piece.start });
  element.classList.toggle("sl-judged", piece.judged);
  element.classList.toggle("sl-selected", piece.selected);
  if (piece.control) {
    element.classList.add("sl-control");
    element.dataset.control = piece.control;
  }
  let inner = element;
  const outermost = [...piece.marks].sort((one, other) => opinions[other].lane - opinions[one].lane);
  for (const number of outermost) {
    const { polarity, label, lane, key } = opinions[number];
    const mark = make("span", { className: `sl-mark sl-${polarity}`, "data-number": number });
    mark.title = piece.marks.map((each) => `${opinions[each].polarity}: ${opinions[each].label}`).join(" · ");
    mark.style.paddingBottom = `${1 + 5 * lane}px`;
    if (key[0] === piece.start) mark.dataset.sign = SIGNS[polarity];
    inner.append(mark);
    inner = mark;
  }
  inner.append(document.createTextNode(piece.text));
  return element;
}

function build(model) {
  const parts = {
    review: make("select"),
    previous: make("button", { type: "button", textContent: "‹ Previous", title: "Key: p or ←" }),
    next: make("button", { type: "button", textContent: "Next ›", title: "Key: n or →" }),
    where: make("span", { className: "sl-where" }),
    undo: make("button", { type: "button", textContent: "Undo", title: "Key: u" }),
    redo: make("button", { type: "button", textContent: "Redo", title: "Key: r" }),
    text: make("div", { className: "sl-text" }),
    margin: make("div", { className: "sl-margin", "aria-hidden": "true" }),
    said: make("span", { className: "sl-said" }),
    quote: make("bdi", { className: "sl-quote" }),
    theme: make("select"),
    polarity: make("select"),
    remove: make("button", { type: "button", textContent: "Remove" }),
    mark: make("button", { type: "button", textContent: "Mark", className: "sl-main" }),
    cancel: make("button", { type: "button", textContent: "Cancel" }),
    status: make("div", { className: "sl-status", role: "status" }),
  };
  const menu = model.get("menu");
  parts.choice = make("div", { className: "sl-bar sl-choice", hidden: menu.length < 2 }, labelled("Review", parts.review));
  parts.page = make("div", { className: "sl-page", tabIndex: 0, role: "group" }, parts.text, parts.margin);
  parts.page.setAttribute("aria-label", "The review. n and p step through its opinions, w and b choose words to mark");
  const keys = make("p", { className: "sl-keys" });
  keys.textContent =
    "In the text: n, p next and previous opinion · select words, or w, b and with Shift for more, then Enter, to mark · u undo";
  const legend = make("p", { className: "sl-legend" });
  for (const [polarity, line] of [["praise", "solid line"], ["criticism", "dashed line"]]) {
    legend.append(make("span", { className: `sl-mark sl-${polarity}`, "data-sign": SIGNS[polarity], textContent: polarity }), ` (${line})  `);
  }
  legend.append(make("span", { className: "sl-piece sl-body", textContent: "no opinion" }), "  ");
  legend.append(make("span", { className: "sl-piece sl-boilerplate", textContent: "boilerplate of the page" }));
  parts.card = make(
    "section",
    { className: "sl-reader", "aria-label": "Close reading" },
    parts.choice,
    make("div", { className: "sl-bar" }, parts.previous, parts.next, parts.where, make("span", { className: "sl-gap" }), parts.undo, parts.redo),
    legend,
    parts.page,
    make(
      "div",
      { className: "sl-edit" },
      make("div", { className: "sl-now", role: "status" }, parts.said, " ", parts.quote),
      make("div", { className: "sl-bar" }, labelled("Theme", parts.theme), labelled("Polarity", parts.polarity), parts.remove, parts.mark, parts.cancel),
    ),
    parts.status,
    keys,
  );
  fill(parts.review, menu);
  fill(parts.theme, model.get("themes"));
  fill(parts.polarity, [["praise", "+ praise"], ["criticism", "− criticism"]]);
  return parts;
}

function render({ model, el }) {
  const parts = build(model);
  let drawn = null; // the review that the page shows
  let lastKey = 0; // when a key last chose in a list
  let waiting = null; // a choice by key that is not sent yet
  const view = () => model.get("view");
  const opinion = () => view().opinions[model.get("current")];

  function ask(what) {
    say({ text: "…", wrong: false });
    model.send(what);
  }

  function say({ text = "", wrong = false }) {
    parts.status.textContent = text;
    parts.status.classList.toggle("sl-wrong", wrong);
  }

  function draw() {
    const { pieces, opinions } = view();
    const top = drawn === model.get("review") ? parts.page.scrollTop : 0;
    const last = pieces[pieces.length - 1];
    parts.text.replaceChildren(...pieces.map((piece) => drawPiece(piece, opinions)));
    parts.text.dataset.end = last ? last.start + [...last.text].length : 0;
    parts.margin.replaceChildren(
      ...opinions.map(({ polarity, label }, number) =>
        make("div", { className: `sl-note sl-${polarity}`, "data-number": number, textContent: `${SIGNS[polarity]} ${label}` }),
      ),
    );
    parts.review.value = drawn = model.get("review");
    layOut();
    parts.page.scrollTop = top;
    point();
  }

  // Each note beside the line on which its opinion begins, or below the note before it.
  function layOut() {
    let free = 0;
    for (const note of parts.margin.children) {
      const mark = parts.text.querySelector(`.sl-mark[data-number="${note.dataset.number}"]`);
      const at = mark ? mark.getClientRects()[0] : null;
      const top = at ? at.top - parts.text.getBoundingClientRect().top : 0;
      note.style.top = `${Math.max(top, free)}px`;
      free = Math.max(top, free) + note.offsetHeight;
    }
    parts.margin.style.height = `${free}px`;
  }

  function point() {
    const { opinions, selected, undo, redo } = view();
    const number = model.get("current");
    const one = opinion();
    for (const element of parts.page.querySelectorAll("[data-number]")) {
      element.classList.toggle("sl-current", Number(element.dataset.number) === number && !selected);
    }
    parts.where.textContent = opinions.length ? `opinion ${number + 1} of ${opinions.length}` : "no opinions";
    parts.said.textContent = selected ? "To mark:" : one ? `${one.polarity} · ${one.label}:` : "";
    parts.quote.textContent = selected || (one ? one.quote : "Select words in the text to mark an opinion.");
    if (one && !selected) {
      parts.theme.value = one.theme;
      parts.polarity.value = one.polarity;
    }
    for (const button of [parts.previous, parts.next]) setOff(button, !opinions.length);
    parts.theme.disabled = parts.polarity.disabled = !selected && !one;
    setOff(parts.undo, !undo);
    setOff(parts.redo, !redo);
    parts.mark.hidden = parts.cancel.hidden = !selected;
    parts.remove.hidden = Boolean(selected) || !one;
    show(parts.text.querySelector(selected ? ".sl-selected" : ".sl-current"));
  }

  // A button that cannot be used now keeps the focus, so that a keyboard does not lose its place.
  function setOff(button, off) {
    button.setAttribute("aria-disabled", String(off));
  }

  function show(element) {
    if (!element) return;
    const [page, at] = [parts.page.getBoundingClientRect(), element.getClientRects()[0]];
    if (at && (at.top < page.top + 30 || at.bottom > page.bottom - 40)) {
      parts.page.scrollTop += at.top - page.top - page.height / 3;
    }
  }

  function go(by) {
    const count = view().opinions.length;
    if (!count) return;
    send();
    if (view().selected) ask({ do: "cancel" });
    model.set("current", (model.get("current") + by + count) % count);
    model.save_changes();
  }

  function choose() {
    clearTimeout(waiting);
    waiting = null;
    if (view().selected || !opinion()) return;
    if (Date.now() - lastKey < PAUSE) {
      say({ text: "Not saved yet." });
      waiting = setTimeout(send, PAUSE);
    } else change();
  }

  function send() {
    if (waiting === null) return;
    clearTimeout(waiting);
    waiting = null;
    change();
  }

  function change() {
    const one = opinion();
    if (!one) return;
    if (one.theme === parts.theme.value && one.polarity === parts.polarity.value) return say({});
    ask({ do: "change", opinion: one.key, theme: parts.theme.value, polarity: parts.polarity.value });
  }

  function select() {
    const chosen = window.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!parts.text.contains(range.startContainer) || !parts.text.contains(range.endContainer)) return;
    const start = place(range.startContainer, range.startOffset, parts.text);
    const end = place(range.endContainer, range.endOffset, parts.text);
    if (start === null || end === null || start >= end) return;
    chosen.removeAllRanges();
    ask({ do: "select", start, end });
  }

  function click(event) {
    if (!window.getSelection().isCollapsed) return;
    const numbers = [];
    for (let at = event.target.closest("[data-number]"); at; at = at.parentElement.closest("[data-number]")) {
      numbers.push(Number(at.dataset.number));
    }
    if (!numbers.length) return;
    const again = numbers.indexOf(model.get("current")); // overlapping ones take turns
    model.set("current", numbers[(again + 1) % numbers.length]);
    model.save_changes();
  }

  function finish() {
    ask({ do: "mark", theme: parts.theme.value, polarity: parts.polarity.value });
    parts.page.focus();
  }

  // Another reader, or another person, may have added to the file.
  function look() {
    model.send({ do: "look" });
  }

  function useIfOn(button, action) {
    button.addEventListener("click", () => button.getAttribute("aria-disabled") !== "true" && action());
  }

  const steps = {
    n: () => go(1),
    p: () => go(-1),
    ArrowRight: () => go(1),
    ArrowLeft: () => go(-1),
    w: () => ask({ do: "step", by: 1, extend: false }),
    b: () => ask({ do: "step", by: -1, extend: false }),
    W: () => ask({ do: "step", by: 1, extend: true }),
    B: () => ask({ do: "step", by: -1, extend: true }),
    u: () => parts.undo.click(),
    r: () => parts.redo.click(),
    Enter: () => parts.theme.focus(),
    Delete: () => !view().selected && parts.remove.click(),
  };
  parts.page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !steps[event.key]) return;
    event.preventDefault();
    steps[event.key]();
  });
  parts.card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !view().selected) return;
    ask({ do: "cancel" });
    parts.page.focus();
  });
  parts.card.addEventListener("focusin", (event) => {
    if (!parts.card.contains(event.relatedTarget)) look();
  });
  useIfOn(parts.previous, () => go(-1));
  useIfOn(parts.next, () => go(1));
  useIfOn(parts.undo, () => ask({ do: "undo" }));
  useIfOn(parts.redo, () => ask({ do: "redo" }));
  parts.remove.addEventListener("click", () => {
    if (!opinion()) return;
    ask({ do: "remove", opinion: opinion().key });
    parts.page.focus(); // the button may go with the last opinion
  });
  parts.mark.addEventListener("click", finish);
  parts.cancel.addEventListener("click", () => {
    ask({ do: "cancel" });
    parts.page.focus();
  });
  parts.review.addEventListener("change", () => {
    send();
    look();
    model.set("review", parts.review.value);
    model.save_changes();
  });
  for (const list of [parts.theme, parts.polarity]) {
    list.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && view().selected) finish();
      else if (event.key === "Enter") send();
      else lastKey = Date.now();
    });
    list.addEventListener("pointerdown", () => (lastKey = 0));
    list.addEventListener("change", choose);
    list.addEventListener("blur", send);
  }
  parts.text.addEventListener("click", click);
  parts.margin.addEventListener("click", click);
  const release = () => setTimeout(select); // the browser settles the selection first
  document.addEventListener("pointerup", release);

  model.on("change:view", draw);
  model.on("change:current", point);
  model.on("change:status", () => say(model.get("status")));
  const watcher = new ResizeObserver(layOut);
  watcher.observe(parts.text);
  // JupyterLab looks at the element that a key is pressed in, and at none around it.
  for (const part of parts.card.querySelectorAll("select, button, [tabindex]")) {
    part.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  el.append(parts.card);
  draw();
  say(model.get("status"));
  return () => {
    watcher.disconnect();
    document.removeEventListener("pointerup", release);
    model.off("change:view", draw);
    model.off("change:current", point);
  };
}

export default { render };
