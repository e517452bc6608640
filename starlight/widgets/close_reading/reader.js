// Draws what reader.py sends, and asks it for every change.

const LINES = { praise: "solid line", criticism: "dashed line" };
const PAUSE = 800; // ms after a key in a list before its choice is sent: arrow keys pass over choices
const TYPED = 150; // ms after a letter in the search before reviews are looked for

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
  const both = [["", "+ and −"], ...polarities];
  const everywhere = [["", "in all reviews"], ["here", "in this review"]];
  const place = "The opinions along the review. Arrow keys step through them";
  const strip = { class: "sl-strip", role: "slider", tabindex: "0", "aria-label": place, "aria-valuemin": 1 };
  const parts = {
    review: dropdown("Review", []),
    find: h("input", { type: "search", placeholder: "Search names and texts", "aria-label": "Search names and texts" }),
    here: choice(everywhere, { "aria-label": "Where to search" }),
    listed: h("span", { class: "sl-listed", role: "status" }),
    found: h("ol", { class: "sl-found", "aria-label": "What was found" }),
    strip: h("div", strip),
    onlyTheme: choice([], { "aria-label": "Show only the opinions of" }),
    onlyPolarity: choice(both, { "aria-label": "Show only" }),
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
    note: h("input", { maxlength: 500, title: "Key: c" }),
    remove: button("Remove"),
    mark: button("Mark", { class: "sl-main" }),
    cancel: button("Cancel"),
    status: h("div", { class: "sl-status", role: "status" }),
  };
  parts.noted = h("label", { class: "sl-noting" }, h("span", {}, "Note"), parts.note);
  const name = "The review. n and p step through its opinions, w and b choose words to mark";
  parts.page = h("div", { class: "sl-page", tabindex: "0", role: "group", "aria-label": name }, parts.text, parts.margin);
  const legend = Object.entries(SIGNS).map(([polarity, sign]) =>
    h("span", {}, h("span", { class: `sl-mark sl-${polarity}`, "data-sign": sign }, polarity), ` (${LINES[polarity]})`),
  );
  const gap = h("span", { class: "sl-gap" });
  const keys =
    "Keys in the text: n and p go to the next and the previous opinion; w and b choose a word, with Shift more words, " +
    "and Enter marks them; c writes a note; Delete removes an opinion; u undoes and r redoes; / searches. Words can also " +
    "be selected with the mouse.";
  parts.card = h(
    "div",
    { class: "sl-reader", role: "group", "aria-label": "Close reading" },
    h("div", { class: "sl-bar sl-choice" }, parts.review, parts.find, parts.here, parts.listed),
    parts.found,
    parts.strip,
    h(
      "div",
      { class: "sl-bar" },
      [parts.previous, parts.next, parts.where, gap, parts.onlyTheme, parts.onlyPolarity],
    ),
    (parts.parts = h("div", { class: "sl-bar" }, parts.earlier, parts.later, parts.part)),
    parts.page,
    h(
      "div",
      { class: "sl-edit" },
      h("div", { class: "sl-now", role: "status" }, parts.said, " ", parts.quote),
      h(
        "div",
        { class: "sl-bar" },
        [parts.theme, parts.polarity, parts.noted, parts.remove, parts.mark, parts.cancel, parts.undo, parts.redo],
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
  for (const list of ["review", "theme", "polarity"]) parts[list] = parts[list].querySelector("select");
  return parts;
}

function render({ model, el }) {
  const parts = build(model);
  let drawn = null; // the review that the page shows
  let lastKey = 0; // when a key last chose in a list
  let typing = null; // a search that is not sent yet
  let waiting = null; // a choice by key that is not sent yet
  let noted = null; // the opinion and the note that the field for notes shows
  const view = () => model.get("view");
  const opinion = () => view().opinions[model.get("current") - view().first];
  const number = (count) => count.toLocaleString("en");
  const labels = Object.fromEntries(model.get("themes"));
  const isShown = ({ theme, polarity }) =>
    [theme, ""].includes(parts.onlyTheme.value) && [polarity, ""].includes(parts.onlyPolarity.value);
  const shown = () => model.get("strip").flatMap((one, each) => (isShown(one) ? [each] : []));

  function ask(what) {
    parts.status.textContent = "…";
    question(what);
  }

  function restore() {
    list();
    drawFound();
    draw();
    say(model.get("status"));
  }

  function say({ text = "", wrong = false }) {
    parts.status.textContent = text;
    parts.status.classList.toggle("sl-wrong", wrong);
  }

  function list() {
    const { reviews } = model.get("menu");
    const id = model.get("review");
    const known = reviews.some(([one]) => one === id) ? reviews : [[id, view().name], ...reviews];
    parts.review.replaceChildren(...known.map(([one, name]) => h("option", { value: one, title: one }, name)));
    parts.review.value = parts.review.title = id;
    parts.review.parentElement.hidden = parts.here.hidden = model.get("menu").of < 2;
  }

  // Reviews by name, then places by line: what stands before the words, the words, what follows, and how it is coded.
  function drawFound() {
    const { words, said, named, places } = model.get("found");
    const at = [...parts.found.children].findIndex((row) => row.contains(document.activeElement));
    const coded = (one) => one.map(([polarity, label]) => h("span", { class: `sl-${polarity}` }, `${SIGNS[polarity]} ${label} `));
    const cells = ({ around: [before, found, after], ...one }) => [
      h("bdi", { class: "sl-before" }, before),
      h("bdi", {}, h("b", {}, found), after),
      h("bdi", { class: "sl-of" }, one.name),
      h("span", { class: "sl-coded" }, one.coded.length ? coded(one.coded) : "no opinion"),
    ];
    const rows = [...named.map((one) => [one, one.name]), ...places.map((one) => [one, cells(one)])];
    parts.found.replaceChildren(...rows.map(([one, row]) => h("li", {}, h("button", { type: "button", onclick: (event) => read(one, event) }, row))));
    parts.found.children[at]?.firstChild.focus();
    parts.found.hidden = !rows.length;
    parts.card.classList.toggle("sl-searching", rows.length > 0);
    const { reviews, of } = model.get("menu");
    const listed = of > reviews.length ? `Listed: the first ${number(reviews.length)} of ${number(of)} reviews.` : "";
    parts.listed.textContent = words ? said : listed;
    layOut();
  }

  function drawStrip() {
    const strip = model.get("strip");
    const only = parts.onlyTheme.value;
    const count = (theme) => strip.filter((one) => one.theme === theme).length;
    const known = model.get("themes").filter(([theme]) => theme === only || count(theme));
    const options = [["", "all themes"], ...known.map(([theme, label]) => [theme, `${label} (${count(theme)})`])];
    parts.onlyTheme.replaceChildren(...options.map(([value, words]) => h("option", { value }, words)));
    parts.onlyTheme.value = only;
    parts.strip.replaceChildren(
      ...strip.map(({ left, polarity, theme }, each) => {
        const attributes = { class: `sl-${polarity}`, "data-number": each, title: `${polarity}: ${labels[theme]}` };
        return h("span", { ...attributes, style: { left: `${left}%` } });
      }),
    );
    fade();
    point();
  }

  function fade() {
    const strip = model.get("strip");
    for (const element of parts.card.querySelectorAll("[data-number]")) {
      element.classList.toggle("sl-off", !isShown(strip[element.dataset.number] ?? {}));
    }
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
        const attributes = { "data-number": first + each, "data-at": key[0], title: note ? `${label}: ${note}` : label };
        const written = note && h("div", { class: "sl-written" }, note);
        return h("div", { class: `sl-note sl-${polarity}`, ...attributes }, `${SIGNS[polarity]} ${label}`, written || null);
      }),
    );
    drawn = now;
    parts.parts.hidden = !said;
    parts.earlier.hidden = parts.later.hidden = count === 1;
    parts.part.textContent = said;
    setOff(parts.earlier, part === 0);
    setOff(parts.later, part === count - 1);
    if (parts.review.value !== model.get("review")) list();
    fade();
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
    const current = model.get("current");
    const one = opinion();
    for (const element of parts.card.querySelectorAll(".sl-current")) element.classList.remove("sl-current");
    const chosen = selected ? [] : [...parts.page.querySelectorAll(`[data-number="${current}"]`)];
    for (const element of chosen) element.classList.add("sl-current");
    parts.strip.children[current]?.classList.add("sl-current");
    if (one && !selected && chosen.length < 2) { // only its note: there is no room for its mark under the words
      for (const piece of parts.text.children) {
        const start = Number(piece.dataset.start);
        if (start >= one.key[0] && start < one.key[1]) piece.classList.add("sl-current");
      }
    }
    parts.where.textContent = where();
    parts.said.textContent = selected ? "To mark:" : one ? `${one.polarity} · ${one.label}:` : "";
    parts.quote.textContent = selected || (one ? one.quote : "Select words in the text to mark an opinion.");
    const values = { "aria-valuenow": current + 1, "aria-valuemax": of, "aria-valuetext": `${where()}. ${parts.said.textContent}` };
    for (const [name, value] of Object.entries(values)) parts.strip.setAttribute(name, value);
    if (one && !selected) {
      parts.theme.value = one.theme;
      parts.polarity.value = one.polarity;
    }
    const note = JSON.stringify([model.get("review"), one?.key, one?.note]);
    if (note !== noted) parts.note.value = one?.note ?? ""; // else what is typed and not saved yet stays
    noted = note;
    parts.noted.hidden = Boolean(selected) || !one;
    for (const step of [parts.previous, parts.next]) setOff(step, !shown().length);
    parts.theme.disabled = parts.polarity.disabled = !selected && !one;
    setOff(parts.undo, !undo);
    setOff(parts.redo, !redo);
    parts.mark.hidden = parts.cancel.hidden = !selected;
    parts.remove.hidden = Boolean(selected) || !one;
    show(parts.text.querySelector(".sl-selected") ?? parts.text.querySelector(".sl-current"));
  }

  function where() {
    const { of } = view();
    if (!of) return "no opinions";
    const current = model.get("current");
    const matching = shown();
    const at = matching.indexOf(current) + 1;
    const filtered = parts.onlyTheme.value || parts.onlyPolarity.value;
    const some = filtered ? ` · ${at ? `${number(at)} of ` : ""}${number(matching.length)} chosen` : "";
    const place = Math.round(model.get("strip")[current]?.left ?? 0);
    return `opinion ${number(current + 1)} of ${number(of)} · ${place}% into the text${some}`;
  }

  function show(element) {
    if (!element) return;
    const [page, at] = [parts.page.getBoundingClientRect(), element.getClientRects()[0]];
    if (at && (at.top < page.top + 30 || at.bottom > page.bottom - 40)) {
      parts.page.scrollTop += at.top - page.top - page.height / 3;
    }
  }

  function go(by) {
    const numbers = shown();
    if (!numbers.length) return;
    send();
    const current = model.get("current");
    if (by > 0) turn(numbers.find((one) => one > current) ?? numbers[0]);
    else turn(numbers.findLast((one) => one < current) ?? numbers.at(-1));
  }

  // What is not drawn yet, the kernel draws.
  function turn(number) {
    if (parts.text.querySelector(".sl-selected")) ask({ do: "cancel" });
    if (!view().opinions[number - view().first]) return ask({ do: "go", number });
    model.set("current", number);
    model.save_changes();
    point();
  }

  // The opinion that is nearest to a place on the strip: praise above its line, criticism below it.
  function jump(event) {
    const { left, top, width, height } = parts.strip.getBoundingClientRect();
    const at = (100 * (event.clientX - left)) / width;
    const side = event.clientY - top < height / 2 ? "praise" : "criticism";
    const strip = model.get("strip");
    const far = (each) => Math.abs(strip[each].left - at);
    const numbers = shown();
    const there = numbers.filter((each) => strip[each].polarity === side);
    const [nearest] = (there.length ? there : numbers).sort((one, other) => far(one) - far(other));
    if (nearest !== undefined) turn(nearest);
  }

  function filter() {
    drawStrip();
    if (shown().length && !shown().includes(model.get("current"))) go(1);
  }

  function search() {
    clearTimeout(typing);
    const here = parts.here.value === "here";
    typing = setTimeout(() => question({ do: "find", words: parts.find.value, here }), TYPED);
  }

  function read({ review, start, end }, event) {
    for (const row of parts.found.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    event.currentTarget.setAttribute("aria-current", "true");
    ask(start === undefined ? { do: "open", review } : { do: "read", review, start, end });
  }

  function write() {
    const one = opinion();
    if (one && parts.note.value !== one.note) ask({ do: "note", opinion: one.key, text: parts.note.value });
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
    c: () => opinion() && !view().selected && parts.note.focus(),
    "/": () => parts.find.focus(),
    Delete: () => !view().selected && parts.remove.click(),
  };
  const ends = { Home: () => turn(shown()[0] ?? 0), End: () => turn(shown().at(-1) ?? 0), ArrowUp: steps.n, ArrowDown: steps.p };
  const keys = (actions) => (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key](event);
  };
  parts.page.addEventListener("keydown", keys(steps));
  parts.strip.addEventListener("keydown", keys({ ...steps, ...ends }));
  parts.strip.addEventListener("click", jump);
  const row = (by) => ({ target }) => {
    const buttons = [parts.find, ...parts.found.querySelectorAll("button")];
    buttons[buttons.indexOf(target) + by]?.focus();
  };
  const rows = { ArrowDown: row(1), ArrowUp: row(-1), Escape: () => parts.find.focus() };
  parts.found.addEventListener("keydown", keys(rows));
  const clear = () => {
    parts.find.value = "";
    search();
  };
  parts.find.addEventListener("keydown", keys({ ArrowDown: row(1), Enter: row(1), Escape: clear }));
  const leave = () => parts.page.focus();
  const forget = () => {
    parts.note.value = opinion().note;
    leave();
  };
  parts.note.addEventListener("keydown", keys({ Enter: leave, Escape: forget }));
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
  parts.find.addEventListener("input", search);
  parts.here.addEventListener("change", search);
  for (const list of [parts.onlyTheme, parts.onlyPolarity]) list.addEventListener("change", filter);
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
  drawStrip();
  drawFound();
  say(model.get("status"));
  const [question, ...stops] = conversation(model, parts.card, restore);
  const changes = {
    "change:found": drawFound,
    "change:strip": drawStrip,
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
