// Draws what reader.py sends, and asks it for every change.

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

function build(model, search, along) {
  const view = model.get("view");
  const polarities = Object.entries(SIGNS).map(([polarity, sign]) => [polarity, `${sign} ${polarity}`]);
  const group = `polarity ${Math.random()}`; // the buttons of two readers on one page know nothing of each other
  const parts = {
    review: dropdown("Review", []),
    read: button("", { title: "Key: m", class: view.queue.said && "sl-main" }),
    unread: button("Mark as not read"),
    back: button("‹ Back", { title: "Key: M" }),
    count: h("span", { class: "sl-where", role: "status" }),
    queued: h("span", { class: "sl-queued", role: "status" }),
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
    none: h("option", { value: "" }, "choose …"), // is in the list only while words are to be marked
    signs: Object.fromEntries(polarities.map(([polarity]) => [polarity, h("input", { type: "radio", name: group, value: polarity })])),
    note: h("input", { maxlength: 500, title: "Key: c" }),
    remove: button("Remove"),
    mark: button("Mark", { class: "sl-main" }),
    cancel: button("Cancel"),
    status: h("div", { class: "sl-status", role: "status" }),
  };
  const signs = polarities.map(([polarity, words]) =>
    h("label", { title: `Key: ${polarity[0]}` }, parts.signs[polarity], h("span", {}, words)),
  );
  parts.polarity = h("span", { class: "sl-polarity", role: "radiogroup", "aria-label": "Polarity" }, signs);
  const walked = view.queue.said ? [parts.back, parts.queued] : [];
  const reading = h("span", { class: "sl-reading" }, parts.count, parts.unread, parts.read);
  parts.noted = h("label", { class: "sl-noting" }, h("span", {}, "Note"), parts.note);
  const name = "The review. n and p step through its opinions, w and b choose words to mark";
  parts.page = h("div", { class: "sl-page", tabindex: "0", role: "group", "aria-label": name }, parts.text, parts.margin);
  const legend = Object.entries(SIGNS).map(([polarity, sign]) =>
    h("span", {}, h("span", { class: `sl-mark sl-${polarity}`, "data-sign": sign }, polarity), ` (${LINES[polarity]})`),
  );
  const gap = h("span", { class: "sl-gap" });
  const keys =
    "Keys in the text: n and p go to the next and the previous opinion; c writes a note on an opinion, Enter " +
    "goes to its theme and back, and Delete removes it; u undoes and r redoes; / searches; m marks what you have read as read and goes on, and M goes back. " +
    "To mark words, choose a word with w or b, more with Shift, or select them with the mouse; then p says praise and c " +
    "criticism, and Enter marks them once they have a theme too.";
  parts.card = h(
    "div",
    { class: `sl-reader${walked.length ? " sl-walking" : ""}`, role: "group", "aria-label": "Close reading" },
    h("div", { class: "sl-bar sl-choice" }, parts.review, search.field, search.where, search.said),
    search.list,
    along.strip,
    h("div", { class: "sl-bar" }, parts.previous, parts.next, parts.where, gap, along.theme, along.polarity),
    (parts.parts = h("div", { class: "sl-bar" }, parts.earlier, parts.later, parts.part)),
    walked.length ? h("div", { class: "sl-bar sl-queue" }, walked, reading) : null,
    parts.page,
    h(
      "div",
      { class: "sl-edit" },
      h("div", { class: "sl-now", role: "status" }, parts.said, " ", parts.quote),
      h(
        "div",
        { class: "sl-bar" },
        [parts.theme, parts.polarity, parts.noted, parts.remove, parts.mark, parts.cancel, parts.undo, parts.redo],
        walked.length ? null : reading,
      ),
    ),
    parts.status,
    h(
      "div",
      { class: "sl-legend" },
      legend,
      h("span", { class: "sl-piece" }, "no opinion"),
      h("span", { class: "sl-piece sl-boilerplate" }, "boilerplate"),
    ),
    h("p", { class: "sl-keys" }, keys),
  );
  for (const list of ["review", "theme"]) parts[list] = parts[list].querySelector("select");
  return parts;
}

function render({ model, el }) {
  const along = stripOf(model, turn, drawStrip);
  const search = searchOf(model, (what) => question(what), ask, makeRoom);
  const parts = build(model, search, along);
  let drawn = null; // the review that the page shows
  let lastKey = 0; // when a key last chose in a list
  let waiting = null; // a choice by key that is not sent yet
  let marking = null; // the place of the words that are to be marked
  let reminded = false; // the page said what is missing since it last asked, which a late answer leaves there
  let noted = null; // the opinion and the note that the field for notes shows
  const view = () => model.get("view");
  const opinion = () => view().opinions[model.get("current") - view().first];

  function ask(what) {
    reminded = false;
    parts.status.textContent = "…";
    question(what);
  }

  function restore() {
    list();
    search.draw();
    draw();
    answer();
  }

  function say({ text = "", wrong = false }) {
    parts.status.textContent = text;
    parts.status.classList.toggle("sl-wrong", wrong);
  }

  function remind(text) {
    say({ text });
    reminded = true;
  }

  function answer() {
    const status = model.get("status");
    if (status.text || !reminded) say(status);
  }

  function list() {
    const { reviews } = model.get("menu");
    const id = model.get("review");
    const known = reviews.some(([one]) => one === id) ? reviews : [[id, view().name], ...reviews];
    parts.review.replaceChildren(...known.map(([one, name]) => h("option", { value: one, title: one }, name)));
    parts.review.value = parts.review.title = id;
    parts.review.parentElement.hidden = search.where.hidden = model.get("menu").of < 2;
  }

  function makeRoom(isSearching) {
    parts.card.classList.toggle("sl-searching", isSearching);
    layOut();
  }

  function drawStrip() {
    along.draw();
    along.fade(parts.card);
    point();
  }

  function draw() {
    const { pieces, opinions, first, parts: [part, count], part: said } = view();
    const now = JSON.stringify([model.get("review"), part]);
    const top = drawn === now ? parts.page.scrollTop : 0;
    const last = pieces[pieces.length - 1];
    parts.text.replaceChildren(...pieces.map((piece) => drawPiece(piece, view())));
    parts.text.dataset.end = last ? last.start + [...last.text].length : 0;
    parts.margin.replaceChildren(
      ...opinions.map(({ polarity, label, key, note }, each) => {
        const attributes = { "data-number": first + each, "data-at": key[0], title: [label, note].join(" ") };
        const written = note ? h("div", { class: "sl-written" }, note) : null;
        return h("div", { class: `sl-note sl-${polarity}`, ...attributes }, `${SIGNS[polarity]} ${label}`, written);
      }),
    );
    drawn = now;
    drawQueue(view().queue);
    parts.parts.hidden = !said;
    parts.earlier.hidden = parts.later.hidden = count === 1;
    parts.part.textContent = said;
    setOff(parts.earlier, part === 0);
    setOff(parts.later, part === count - 1);
    if (parts.review.value !== model.get("review")) {
      list();
      search.turned();
    }
    along.fade(parts.card);
    layOut();
    parts.page.scrollTop = top;
    point();
  }

  // The queue's sentence is marked in the text.
  function drawQueue({ at, said, why, count, button: words, is_read: isRead, is_last: isLast, span: [start, end] }) {
    for (const piece of parts.text.children) {
      piece.classList.toggle("sl-asked", piece.dataset.start >= start && piece.dataset.start < end);
    }
    if (parts.queued.textContent !== `${said} ${why}`) { // else it is read aloud again
      parts.queued.replaceChildren(h("b", {}, said), " ", h("span", {}, why));
    }
    parts.count.textContent = count;
    parts.read.textContent = words;
    parts.read.hidden = !words;
    parts.unread.hidden = !isRead;
    setOff(parts.read, isLast);
    setOff(parts.back, at === 0);
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
    const { selected, undo, redo } = view();
    const current = model.get("current");
    const one = opinion();
    for (const element of parts.card.querySelectorAll(".sl-current")) element.classList.remove("sl-current");
    const chosen = selected ? [] : [...parts.page.querySelectorAll(`[data-number="${current}"]`)];
    for (const element of chosen) element.classList.add("sl-current");
    if (one && !selected && chosen.length < 2) { // only its note: there is no room for its mark under the words
      for (const piece of parts.text.children) {
        const start = Number(piece.dataset.start);
        if (start >= one.key[0] && start < one.key[1]) piece.classList.add("sl-current");
      }
    }
    parts.where.textContent = along.point(current);
    fill(one, selected);
    parts.quote.textContent = selected || (one ? one.quote : "Select words in the text to mark an opinion.");
    const note = JSON.stringify([model.get("review"), one?.key, one?.note]);
    if (note !== noted) parts.note.value = one?.note ?? ""; // else what is typed and not saved yet stays
    noted = note;
    parts.noted.hidden = Boolean(selected) || !one;
    for (const step of [parts.previous, parts.next]) setOff(step, !along.shown().length);
    for (const control of [parts.theme, ...Object.values(parts.signs)]) control.disabled = !selected && !one;
    setOff(parts.undo, !undo);
    setOff(parts.redo, !redo);
    parts.mark.hidden = parts.cancel.hidden = !selected;
    parts.remove.hidden = Boolean(selected) || !one;
    show();
  }

  // Nothing of another opinion is taken over for words that are to be marked, and the polarity is always chosen for them;
  // the theme is too, unless they are in a sentence that the queue chose for one.
  function fill(one, selected) {
    const { begun, queue: { theme, span: [begin, end] } } = view();
    const now = selected && JSON.stringify([model.get("review"), begun]);
    if (!selected) {
      parts.none.remove();
      parts.theme.value = one?.theme ?? "";
      judge(one?.polarity);
    } else if (now !== marking) {
      parts.theme.prepend(parts.none);
      parts.theme.value = begun >= begin && begun < end ? theme : "";
      judge("");
    }
    marking = now;
    tell();
  }

  function tell() {
    const [one, label] = [opinion(), parts.theme.selectedOptions[0]?.textContent];
    const chosen = parts.theme.value && judged() ? `To mark as ${judged()} of ${label}:` : "To mark:";
    parts.said.textContent = view().selected ? chosen : one ? `${one.polarity} · ${one.label}:` : "";
  }

  const judged = () => Object.values(parts.signs).find((sign) => sign.checked)?.value;

  function judge(polarity) {
    for (const sign of Object.values(parts.signs)) sign.checked = sign.value === polarity;
  }

  function show() {
    const element = [".sl-selected", ".sl-current", ".sl-asked"].map((one) => parts.text.querySelector(one)).find(Boolean);
    if (!element) return;
    const [page, at] = [parts.page.getBoundingClientRect(), element.getClientRects()[0]];
    if (at && (at.top < page.top + 30 || at.bottom > page.bottom - 40)) {
      parts.page.scrollTop += at.top - page.top - page.height / 3;
    }
  }

  function go(by) {
    send();
    along.go(by);
  }

  // What is not drawn yet, the kernel draws.
  function turn(number) {
    if (parts.text.querySelector(".sl-selected")) ask({ do: "cancel" });
    if (!view().opinions[number - view().first]) return ask({ do: "go", number });
    model.set("current", number);
    model.save_changes();
    point();
  }

  function write() {
    const one = opinion();
    if (one && parts.note.value !== one.note) ask({ do: "note", opinion: one.key, text: parts.note.value });
  }

  function choose() {
    clearTimeout(waiting);
    waiting = null;
    if (view().selected) {
      say({});
      tell();
      return;
    }
    if (!opinion()) return;
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
    if (one.theme === parts.theme.value && one.polarity === judged()) return say({});
    ask({ do: "change", opinion: one.key, theme: parts.theme.value, polarity: judged() });
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
  function finish() {
    if (parts.theme.value && judged()) return askFromPage({ do: "mark", theme: parts.theme.value, polarity: judged() });
    (parts.theme.value ? parts.signs.praise : parts.theme).focus();
    remind(parts.theme.value ? "Choose praise (key p) or criticism (key c)." : "Choose a theme.");
  }
  function pick(polarity) {
    judge(polarity);
    lastKey = 0;
    choose();
    if (!parts.theme.value) parts.theme.focus();
  }
  const cancel = () => askFromPage({ do: "cancel" });

  // Another widget or another person may have added to the file.
  function look() {
    question({ do: "look" });
  }

  const nothing = () => remind("No words are chosen: press w, or select some.");
  const steps = {
    n: () => go(1),
    p: () => (view().selected ? pick("praise") : along.shown().length ? go(-1) : nothing()),
    ArrowRight: () => go(1),
    ArrowLeft: () => go(-1),
    w: () => ask({ do: "step", by: 1, extend: false }),
    b: () => ask({ do: "step", by: -1, extend: false }),
    W: () => ask({ do: "step", by: 1, extend: true }),
    B: () => ask({ do: "step", by: -1, extend: true }),
    u: () => parts.undo.click(),
    r: () => parts.redo.click(),
    Enter: () => (view().selected ? finish() : opinion() ? parts.theme.focus() : nothing()),
    m: () => parts.read.click(),
    M: () => parts.back.click(),
    c: () => (view().selected ? pick("criticism") : opinion() ? parts.note.focus() : nothing()),
    "/": () => search.field.focus(),
    Delete: () => !view().selected && parts.remove.click(),
  };
  const end = (at) => () => along.shown().length && turn(along.shown().at(at));
  const ends = { Home: end(0), End: end(-1), ArrowUp: steps.n, ArrowDown: steps.p };
  parts.page.addEventListener("keydown", onKeys(steps));
  along.strip.addEventListener("keydown", onKeys({ ...steps, ...ends }));
  const leave = () => parts.page.focus();
  const forget = () => {
    parts.note.value = opinion().note;
    leave();
  };
  parts.note.addEventListener("keydown", onKeys({ Enter: leave, Escape: forget }));
  parts.note.addEventListener("change", write);
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
  useIfOn(parts.read, () => askFromPage(view().queue.ask));
  useIfOn(parts.back, () => askFromPage({ do: "stop", at: view().queue.at - 1 }));
  parts.unread.addEventListener("click", () => askFromPage({ do: "mark_read", at: view().queue.at, is_read: false }));
  useIfOn(parts.undo, () => ask({ do: "undo" }));
  useIfOn(parts.redo, () => ask({ do: "redo" }));
  parts.remove.addEventListener("click", () => opinion() && askFromPage({ do: "remove", opinion: opinion().key }));
  parts.mark.addEventListener("click", finish);
  parts.cancel.addEventListener("click", cancel);
  parts.review.addEventListener("change", () => {
    send();
    ask({ do: "open", review: parts.review.value });
  });
  parts.theme.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && view().selected) finish();
    else if (event.key === "Enter") leave(); // else the next key chooses another theme
    else lastKey = Date.now();
  });
  parts.theme.addEventListener("pointerdown", () => (lastKey = 0));
  parts.theme.addEventListener("change", choose);
  parts.theme.addEventListener("blur", send);
  const keep = () => (view().selected ? finish() : leave());
  const judging = { p: () => pick("praise"), c: () => pick("criticism"), Enter: keep };
  parts.polarity.addEventListener("keydown", onKeys(judging));
  parts.polarity.addEventListener("change", () => pick(judged()));
  parts.text.addEventListener("click", click);
  parts.margin.addEventListener("click", click);
  const release = () => setTimeout(select); // the browser settles the selection first
  document.addEventListener("pointerup", release);

  let width = 0; // of the text, which is nothing until the page is first laid out
  const watcher = new ResizeObserver(() => {
    layOut();
    if (width !== parts.text.offsetWidth) show();
    width = parts.text.offsetWidth;
  });
  watcher.observe(parts.text);
  el.append(parts.card);
  list();
  along.draw();
  draw();
  search.draw();
  say(model.get("status"));
  const [question, ...stops] = conversation(model, parts.card, restore);
  const changes = {
    "change:found": search.draw,
    "change:strip": drawStrip,
    "change:view": draw,
    "change:current": point,
    "change:status": answer,
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
