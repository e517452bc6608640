// Draws what marked_text.py cuts. Shared by the widgets that show a review's text with its opinions marked.

function drawPiece(piece, { opinions, first }) {
  const kind = ["sl-piece", `sl-${piece.part || "between"}`];
  if (piece.judged) kind.push("sl-judged");
  if (piece.selected) kind.push("sl-selected");
  if (piece.control) kind.push("sl-control");
  if (piece.more) kind.push("sl-more");
  const said = piece.marks.map((each) => `${opinions[each].polarity}: ${opinions[each].label}`);
  if (piece.more) said.push(`${piece.more.toLocaleString("en")} more opinions on these words, not marked`);
  const title = said.join(" · ");
  const marked = piece.marks.reduce((inner, each, depth) => {
    const { polarity, lane, key } = opinions[each];
    const sign = key[0] === piece.start ? SIGNS[polarity] : null;
    const attributes = { class: `sl-mark sl-${polarity}`, "data-number": first + each, "data-sign": sign, title };
    return h("span", { ...attributes, style: { paddingBottom: `${1 + 5 * (lane < 6 ? lane : depth)}px` } }, inner);
  }, document.createTextNode(piece.text));
  const whole = { "data-start": piece.start, "data-control": piece.control || null, title: title || null };
  return h("span", { class: kind.join(" "), ...whole }, marked);
}

