// Draws what settle.py sends, a difference at a time, and asks it for every decision.

function listed({ polarity, label, quote, note }) {
  const judged = h("b", {}, `${SIGNS[polarity]} ${label}`);
  const noted = note && [" Note: ", h("bdi", {}, note)];
  return h("li", { class: `sl-${polarity}` }, judged, ` (${polarity}): `, h("bdi", {}, `“${quote}”`), noted || []);
}

function drawVersion(version, number, take) {
  const { coder, opinions, pieces, taken } = version;
  return h(
    "section",
    { class: `sl-version${taken ? " sl-taken" : ""}`, "aria-label": `Coding ${number}` },
    h("h4", {}, h("bdi", {}, coder), taken ? " · taken" : ""),
    h("div", { class: "sl-sentence" }, pieces.map((piece) => drawPiece(piece, { opinions, first: 0 }))),
    h("ul", {}, opinions.length ? opinions.map(listed) : h("li", {}, "no opinion")),
    button(`${number} · Take this`, { class: "sl-take", onclick: () => take(number) }),
  );
}

function build() {
  const parts = {
    previous: button("‹ Previous", { title: "Key: p or ←" }),
    next: button("Next ›", { title: "Key: n or →" }),
    where: h("span", { class: "sl-where" }),
    undo: button("Undo", { title: "Key: u" }),
    done: h("progress", { "aria-label": "Settled differences" }),
    left: h("span", { class: "sl-where" }),
    before: h("p", { class: "sl-beside" }),
    versions: h("div", { class: "sl-versions" }),
    after: h("p", { class: "sl-beside" }),
    state: h("span", {}),
    other: h("ul", {}),
    neither: button("0 · No opinion"),
    edit: button("e · Edit"),
    editing: h("div", { class: "sl-editing", role: "group", "aria-label": "Edit the opinions", hidden: true }),
    status: h("div", { class: "sl-status", role: "status" }),
    agreement: h("div", { class: "sl-agreement" }),
  };
  const name = "The difference. The keys 1 to 9 take what a coder has, 0 takes no opinion, e edits, u undoes";
  parts.page = h(
    "div",
    { class: "sl-page", tabindex: "0", role: "group", "aria-label": name },
    parts.before,
    parts.versions,
    h("div", { class: "sl-bar" }, parts.neither, parts.edit, parts.state),
    parts.other,
    parts.after,
  );
  const keys =
    "Keys, once the widget has the focus: 1 to 9 take what that coder has and go on; 0 takes no opinion; e edits, Enter " +
    "saves and Escape leaves; u undoes; n and p go to the next and the previous difference.";
  parts.card = h(
    "div",
    { class: "sl-reader sl-settle", role: "group", "aria-label": "Settle" },
    h("div", { class: "sl-bar" }, parts.previous, parts.next, parts.where, h("span", { class: "sl-gap" }), parts.undo),
    h("div", { class: "sl-bar" }, parts.done, parts.left),
    parts.page,
    parts.editing,
    parts.status,
    parts.agreement,
    h("p", { class: "sl-keys" }, keys),
  );
  return parts;
}

function render({ model, el }) {
  const parts = build();
  let waiting = false; // for an answer: a decision is on what is seen, so none is sent until it is
  const view = () => model.get("view");

  function ask(what) {
    if (waiting) return;
    waiting = true;
    question(what);
  }

  function restore() {
    waiting = false;
    draw();
  }

  const take = (version) => version <= view().versions.length && ask({ do: "take", version });
  const go = (by) => ask({ do: "go", by });

  function draw() {
    const { number, of, left, review, beside, versions, neither, taken, who, status, agreement } = view();
    const within = parts.card.contains(document.activeElement);
    const [place, all, open] = [number + 1, of, left].map((count) => count.toLocaleString("en"));
    parts.where.replaceChildren(`Difference ${place} of ${all} · `, h("bdi", {}, review));
    Object.assign(parts.done, { max: of, value: of - left });
    parts.left.textContent = left ? `${open} left` : "All are settled";
    [parts.before.textContent, parts.after.textContent] = beside;
    parts.versions.replaceChildren(...versions.map((version, each) => drawVersion(version, each + 1, take)));
    const how = neither ? ": no opinion." : taken.length ? ", edited:" : ".";
    parts.state.replaceChildren(...(who ? ["Settled by ", h("bdi", {}, who), how] : ["Not settled yet."]));
    parts.other.replaceChildren(...taken.map(listed));
    setOff(parts.undo, !view().undo);
    parts.status.textContent = status.text;
    parts.status.classList.toggle("sl-wrong", status.wrong);
    parts.agreement.replaceChildren(...agreement.map((line) => h("div", {}, line)));
    close();
    if (within && !parts.card.contains(document.activeElement)) parts.page.focus();
  }

  function close() {
    parts.editing.hidden = true;
    parts.editing.replaceChildren();
  }

  function leave() {
    close();
    parts.page.focus();
  }

  function edit() {
    const polarities = Object.entries(SIGNS).map(([polarity, sign]) => [polarity, `${sign} ${polarity}`]);
    const rows = view().choices.map(({ key: [start, end, theme, polarity], quote, kept }) => {
      const box = h("input", { type: "checkbox", checked: kept });
      const themes = dropdown("Theme", model.get("themes"), theme);
      const signs = dropdown("Polarity", polarities, polarity);
      const chosen = () => [start, end, ...[themes, signs].map((list) => list.querySelector("select").value)];
      const node = h("div", { class: "sl-bar" }, h("label", {}, box, h("bdi", {}, `“${quote}”`)), themes, signs);
      return { node, box, chosen };
    });
    const save = () => ask({ do: "edit", opinions: rows.filter(({ box }) => box.checked).map(({ chosen }) => chosen()) });
    const ways = [button("Save", { class: "sl-main", onclick: save }), button("Cancel", { onclick: leave })];
    parts.editing.replaceChildren(...rows.map(({ node }) => node), h("div", { class: "sl-bar" }, ways));
    parts.editing.hidden = false;
    parts.editing.onkeydown = (event) => {
      if (event.key === "Escape") leave();
      else if (event.key === "Enter" && event.target.tagName !== "BUTTON") save();
    };
    rows[0].box.focus();
    parts.editing.scrollIntoView({ block: "nearest" });
  }

  const keys = {
    0: () => take(0),
    e: edit,
    u: () => parts.undo.click(),
    n: () => go(1),
    p: () => go(-1),
    ArrowRight: () => go(1),
    ArrowLeft: () => go(-1),
  };
  parts.card.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || parts.editing.contains(event.target)) return;
    const act = keys[event.key] ?? (/^[1-9]$/.test(event.key) && (() => take(Number(event.key))));
    if (!act) return;
    event.preventDefault();
    act();
  });
  parts.card.addEventListener("focusin", (event) => {
    if (!parts.card.contains(event.relatedTarget)) question({ do: "look" });
  });
  parts.previous.addEventListener("click", () => go(-1));
  parts.next.addEventListener("click", () => go(1));
  useIfOn(parts.undo, () => ask({ do: "undo" }));
  parts.neither.addEventListener("click", () => take(0));
  parts.edit.addEventListener("click", edit);

  el.append(parts.card);
  draw();
  const [question, ...stops] = conversation(model, parts.card, restore);
  stops.push(follow(model, { "change:view": draw, "msg:custom": () => (waiting = false) }), keepKeys(parts.card));
  return () => stops.forEach((stop) => stop());
}

export default { render };
