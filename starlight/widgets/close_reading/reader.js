// Draws what reader.py sends, and asks it for every change.

const SIGNS = { praise: "+", criticism: "−" };
const LINES = { praise: "solid line", criticism: "dashed line" };
const PAUSE = 800; // ms after a key in a list before its choice is sent: arrow keys pass over choices

// Where a point of the page is in the review, in characters as Python counts them.
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
  const kind = ["sl-piece", `sl-${piece.part || "between"}`];
  if (piece.judged) kind.push("sl-judged");
  if (piece.selected) kind.push("sl-selected");
  if (piece.control) kind.push("sl-control");
  const title = piece.marks.map((each) => `${opinions[each].polarity}: ${opinions[each].label}`).join(" · ");
  const innermost = [...piece.marks].sort((one, other) => opinions[one].lane - opinions[other].lane);
  const marked = innermost.reduce((inner, number) => {
    const { polarity, lane, key } = opinions[number];
    const sign = key[0] === piece.start ? SIGNS[polarity] : null;
    const attributes = { class: `sl-mark sl-${polarity}`, "data-number": number, "data-sign": sign, title };
    return h("span", { ...attributes, style: { paddingBottom: `${1 + 5 * lane}px` } }, inner);
  }, document.createTextNode(piece.text));
  return h("span", { class: kind.join(" "), "data-start": piece.start, "data-control": piece.control || null }, marked);
}

function build(model) {
  const menu = model.get("menu").map(([id, name]) => [id, name, id]);
  const polarities = Object.entries(SIGNS).map(([polarity, sign]) => [polarity, `${sign} ${polarity}`]);
  const parts = {
    review: dropdown("Review", menu),
    previous: button("‹ Previous", { title: "Key: p or ←" }),
    next: button("Next ›", { title: "Key: n or →" }),
    where: h("span", { class: "sl-where" }),
    undo: button("Undo", { title: "Key: u" }),
    redo: button("Redo", { title: "Key: r" }),
    text: h("div", { class: "sl-text" }),
    margin: h("div", { class: "sl-margin", "aria-hidden": "true" }),
    said: h("span", { class: "sl-said" }),
    quote: h("bdi", { class: "sl-quote" }),
    theme: dropdown("Theme", model.get("themes")),
    polarity: dropdown("Polarity", polarities),
    remove: button("Remove"),
    mark: button("Mark", { class: "sl-main" }),
    cancel: button("Cancel"),
    status: h("div", { class: "sl-status", role: "status" }),
  };
  const name = "The review. n and p step through its opinions, w and b choose words to mark";
  parts.page = h("div", { class: "sl-page", tabindex: "0", role: "group", "aria-label": name }, parts.text, parts.margin);
  const legend = Object.entries(SIGNS).map(([polarity, sign]) =>
    h("span", {}, h("span", { class: `sl-mark sl-${polarity}`, "data-sign": sign }, polarity), ` (${LINES[polarity]})`),
  );
  const gap = h("span", { class: "sl-gap" });
  const keys =
    "Keys in the text: n and p go to the next and the previous opinion; w and b choose a word, with Shift more words, " +
    "and Enter marks them; Delete removes an opinion; u undoes. Words can also be selected with the mouse.";
  parts.card = h(
    "section",
    { class: "sl-reader", "aria-label": "Close reading" },
    h("div", { class: "sl-bar sl-choice", hidden: menu.length < 2 }, parts.review),
    h("div", { class: "sl-bar" }, parts.previous, parts.next, parts.where, gap, parts.undo, parts.redo),
    h(
      "div",
      { class: "sl-legend" },
      legend,
      h("span", { class: "sl-piece" }, "no opinion"),
      h("span", { class: "sl-piece sl-boilerplate" }, "boilerplate"),
    ),
    parts.page,
    h(
      "div",
      { class: "sl-edit" },
      h("div", { class: "sl-now", role: "status" }, parts.said, " ", parts.quote),
      h("div", { class: "sl-bar" }, parts.theme, parts.polarity, parts.remove, parts.mark, parts.cancel),
    ),
    parts.status,
    h("p", { class: "sl-keys" }, keys),
  );
  for (const list of ["review", "theme", "polarity"]) parts[list] = parts[list].querySelector("select");
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
        h("div", { class: `sl-note sl-${polarity}`, "data-number": number, title: label }, `${SIGNS[polarity]} ${label}`),
      ),
    );
    parts.review.value = parts.review.title = drawn = model.get("review");
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
    for (const step of [parts.previous, parts.next]) setOff(step, !opinions.length);
    parts.theme.disabled = parts.polarity.disabled = !selected && !one;
    setOff(parts.undo, !undo);
    setOff(parts.redo, !redo);
    parts.mark.hidden = parts.cancel.hidden = !selected;
    parts.remove.hidden = Boolean(selected) || !one;
    show(parts.text.querySelector(selected ? ".sl-selected" : ".sl-current"));
  }

  // A button that cannot be used now keeps the focus, so that a keyboard does not lose its place.
  function setOff(control, off) {
    control.setAttribute("aria-disabled", String(off));
  }

  function useIfOn(control, action) {
    control.addEventListener("click", () => control.getAttribute("aria-disabled") !== "true" && action());
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
    if (Date.now() - lastKey >= PAUSE) return change();
    say({ text: "Not saved yet." });
    waiting = setTimeout(change, PAUSE);
  }

  function send() {
    if (waiting !== null) change();
  }

  function change() {
    clearTimeout(waiting);
    waiting = null;
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

  // The button that asked may go.
  function askFromPage(what) {
    ask(what);
    parts.page.focus();
  }
  const finish = () => askFromPage({ do: "mark", theme: parts.theme.value, polarity: parts.polarity.value });
  const cancel = () => askFromPage({ do: "cancel" });

  // Another widget or another person may have added to the file.
  function look() {
    model.send({ do: "look" });
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
    if (event.key === "Escape" && view().selected) cancel();
  });
  parts.card.addEventListener("focusin", (event) => {
    if (!parts.card.contains(event.relatedTarget)) look();
  });
  useIfOn(parts.previous, () => go(-1));
  useIfOn(parts.next, () => go(1));
  useIfOn(parts.undo, () => ask({ do: "undo" }));
  useIfOn(parts.redo, () => ask({ do: "redo" }));
  parts.remove.addEventListener("click", () => opinion() && askFromPage({ do: "remove", opinion: opinion().key }));
  parts.mark.addEventListener("click", finish);
  parts.cancel.addEventListener("click", cancel);
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

  const stop = follow(model, {
    "change:view": draw,
    "change:current": point,
    "change:status": () => say(model.get("status")),
  });
  const watcher = new ResizeObserver(layOut);
  watcher.observe(parts.text);
  el.append(parts.card);
  draw();
  say(model.get("status"));
  return () => {
    stop();
    watcher.disconnect();
    document.removeEventListener("pointerup", release);
  };
}

export default { render };
