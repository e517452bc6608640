// Draws what reader.py sends, and asks it for every change.

const LINES = { praise: "solid line", criticism: "dashed line" };
const PAUSE = 800; // ms after a key in a list before its choice is sent: arrow keys pass over choices
const TYPED = 200; // ms after a letter in the search before reviews are looked for

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

function build(model) {
  const polarities = Object.entries(SIGNS).map(([polarity, sign]) => [polarity, `${sign} ${polarity}`]);
  const parts = {
    review: dropdown("Review", []),
    find: h("input", { type: "search", placeholder: "find a review", "aria-label": "Find a review" }),
    listed: h("span", { class: "sl-listed", role: "status" }),
    previous: button("‹ Previous", { title: "Key: p or ←" }),
    next: button("Next ›", { title: "Key: n or →" }),
    where: h("span", { class: "sl-where" }),
    undo: button("Undo", { title: "Key: u" }),
    redo: button("Redo", { title: "Key: r" }),
    earlier: button("‹ Earlier part"),
    later: button("Later part ›"),
    part: h("span", { class: "sl-part", role: "status" }),
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
    "and Enter marks them; Delete removes an opinion; u undoes and r redoes. Words can also be selected with the mouse.";
  parts.card = h(
    "div",
    { class: "sl-reader", role: "group", "aria-label": "Close reading" },
    (parts.choice = h("div", { class: "sl-bar sl-choice" }, parts.review, parts.find, parts.listed)),
    h("div", { class: "sl-bar" }, parts.previous, parts.next, parts.where, gap, parts.undo, parts.redo),
    h(
      "div",
      { class: "sl-legend" },
      legend,
      h("span", { class: "sl-piece" }, "no opinion"),
      h("span", { class: "sl-piece sl-boilerplate" }, "boilerplate"),
    ),
    (parts.parts = h("div", { class: "sl-bar" }, parts.earlier, parts.later, parts.part)),
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
  let typing = null; // a search that is not sent yet
  let waiting = null; // a choice by key that is not sent yet
  const view = () => model.get("view");
  const opinion = () => view().opinions[model.get("current") - view().first];

  function ask(what) {
    parts.status.textContent = "…";
    question(what);
  }

  function restore() {
    list();
    draw();
    say(model.get("status"));
  }

  function say({ text = "", wrong = false }) {
    parts.status.textContent = text;
    parts.status.classList.toggle("sl-wrong", wrong);
  }

  function list() {
    const { reviews, found, of } = model.get("menu");
    const shown = model.get("review");
    const known = reviews.some(([id]) => id === shown) ? reviews : [[shown, view().name], ...reviews];
    const number = (count) => count.toLocaleString("en");
    parts.review.replaceChildren(...known.map(([id, name]) => h("option", { value: id, title: id }, name)));
    parts.review.value = parts.review.title = shown;
    parts.choice.hidden = of < 2;
    parts.find.hidden = of === reviews.length && !parts.find.value;
    const first = found > reviews.length ? `the first ${number(reviews.length)} of ` : "";
    const fit = found === of ? "" : `${number(found)}${first ? " that fit," : ""} of `;
    parts.listed.textContent = parts.find.hidden ? "" : `Listed: ${first}${fit}${number(of)} reviews.`;
  }

  function draw() {
    const { pieces, opinions, first, parts: [part, count], part: said } = view();
    const now = JSON.stringify([model.get("review"), part]);
    const top = drawn === now ? parts.page.scrollTop : 0;
    const last = pieces[pieces.length - 1];
    parts.text.replaceChildren(...pieces.map((piece) => drawPiece(piece, view())));
    parts.text.dataset.end = last ? last.start + [...last.text].length : 0;
    parts.margin.replaceChildren(
      ...opinions.map(({ polarity, label, key }, each) => {
        const attributes = { "data-number": first + each, "data-at": key[0], title: label };
        return h("div", { class: `sl-note sl-${polarity}`, ...attributes }, `${SIGNS[polarity]} ${label}`);
      }),
    );
    drawn = now;
    parts.parts.hidden = !said;
    parts.earlier.hidden = parts.later.hidden = count === 1;
    parts.part.textContent = said;
    setOff(parts.earlier, part === 0);
    setOff(parts.later, part === count - 1);
    if (parts.review.value !== model.get("review")) list();
    layOut();
    parts.page.scrollTop = top;
    point();
  }

  // Each note beside the line on which its opinion begins, or below the note before it. All is measured before anything
  // is moved: else the browser lays the page out again for each note.
  function layOut() {
    const notes = [...parts.margin.children];
    const begins = parts.text.getBoundingClientRect().top;
    const tops = new Map([...parts.text.children].map((piece) => [piece.dataset.start, piece.getClientRects()[0]?.top]));
    const heights = notes.map((note) => note.offsetHeight);
    let free = 0;
    notes.forEach((note, number) => {
      const top = Math.max((tops.get(note.dataset.at) ?? begins) - begins, free);
      note.style.top = `${top}px`;
      free = top + heights[number];
    });
    parts.margin.style.height = `${free}px`;
  }

  function point() {
    const { of, selected, undo, redo } = view();
    const number = model.get("current");
    const one = opinion();
    for (const element of parts.page.querySelectorAll(".sl-current")) element.classList.remove("sl-current");
    const chosen = selected ? [] : [...parts.page.querySelectorAll(`[data-number="${number}"]`)];
    for (const element of chosen) element.classList.add("sl-current");
    if (one && !selected && chosen.length < 2) { // only its note: there is no room for its mark under the words
      for (const piece of parts.text.children) {
        const start = Number(piece.dataset.start);
        if (start >= one.key[0] && start < one.key[1]) piece.classList.add("sl-current");
      }
    }
    parts.where.textContent = of
      ? `opinion ${(number + 1).toLocaleString("en")} of ${of.toLocaleString("en")}`
      : "no opinions";
    parts.said.textContent = selected ? "To mark:" : one ? `${one.polarity} · ${one.label}:` : "";
    parts.quote.textContent = selected || (one ? one.quote : "Select words in the text to mark an opinion.");
    if (one && !selected) {
      parts.theme.value = one.theme;
      parts.polarity.value = one.polarity;
    }
    for (const step of [parts.previous, parts.next]) setOff(step, !of);
    parts.theme.disabled = parts.polarity.disabled = !selected && !one;
    setOff(parts.undo, !undo);
    setOff(parts.redo, !redo);
    parts.mark.hidden = parts.cancel.hidden = !selected;
    parts.remove.hidden = Boolean(selected) || !one;
    show(parts.text.querySelector(selected ? ".sl-selected" : ".sl-current"));
  }

  function show(element) {
    if (!element) return;
    const [page, at] = [parts.page.getBoundingClientRect(), element.getClientRects()[0]];
    if (at && (at.top < page.top + 30 || at.bottom > page.bottom - 40)) {
      parts.page.scrollTop += at.top - page.top - page.height / 3;
    }
  }

  function go(by) {
    const count = view().of;
    if (!count) return;
    send();
    if (view().selected) ask({ do: "cancel" });
    turn((model.get("current") + by + count) % count);
  }

  // What is not drawn yet, the kernel draws.
  function turn(number) {
    if (!view().opinions[number - view().first]) return ask({ do: "go", number });
    model.set("current", number);
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
    turn(numbers[(again + 1) % numbers.length]);
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
    question({ do: "look" });
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
  useIfOn(parts.earlier, () => askFromPage({ do: "turn", by: -1 }));
  useIfOn(parts.later, () => askFromPage({ do: "turn", by: 1 }));
  parts.find.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => question({ do: "find", words: parts.find.value }), TYPED);
  });
  useIfOn(parts.undo, () => ask({ do: "undo" }));
  useIfOn(parts.redo, () => ask({ do: "redo" }));
  parts.remove.addEventListener("click", () => opinion() && askFromPage({ do: "remove", opinion: opinion().key }));
  parts.mark.addEventListener("click", finish);
  parts.cancel.addEventListener("click", cancel);
  parts.review.addEventListener("change", () => {
    send();
    ask({ do: "open", review: parts.review.value });
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

  const watcher = new ResizeObserver(layOut);
  watcher.observe(parts.text);
  el.append(parts.card);
  list();
  draw();
  say(model.get("status"));
  const [question, ...stops] = conversation(model, parts.card, restore);
  const changes = {
    "change:menu": list,
    "change:view": draw,
    "change:current": point,
    "change:status": () => say(model.get("status")),
    "msg:custom": () => parts.status.textContent === "…" && say(model.get("status")),
  };
  stops.push(follow(model, changes), keepKeys(parts.card));
  return () => {
    stops.forEach((stop) => stop());
    watcher.disconnect();
    document.removeEventListener("pointerup", release);
  };
}

export default { render };
