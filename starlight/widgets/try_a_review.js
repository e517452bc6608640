// A box, a button and a slider, and below them lines of plain text; the kernel codes.

function render({ model, el }) {
  const box = h("textarea", { rows: 7, placeholder: "Paste a review in English." });
  const least = h("input", { type: "range", min: 0.05, max: 0.95, step: 0.01 });
  const shown = h("output");
  const lines = h("div", { class: "st-lines", role: "status" });
  const send = () => ask({ do: "code", text: box.value, threshold: Number(least.value) });
  const root = h(
    "div",
    { class: "st-trial", role: "group", "aria-label": "Try a review" },
    h("label", { class: "st-box" }, h("span", {}, "Review"), box),
    h(
      "div",
      { class: "st-bar" },
      button("Code it", { title: "Find the opinions in this review", onclick: send }),
      h("label", {}, "Lowest confidence ", least, shown),
    ),
    lines,
  );
  least.addEventListener("input", () => (shown.textContent = Number(least.value).toFixed(2)));
  least.addEventListener("change", send);

  function draw() {
    if (box.value !== model.get("text")) box.value = model.get("text");
    drawRest();
  }

  // But not the box: what was typed in it and not coded yet stays.
  function drawRest() {
    least.value = model.get("threshold");
    shown.textContent = model.get("threshold").toFixed(2);
    lines.replaceChildren(...model.get("lines").map((line) => h("p", {}, line)));
  }

  el.append(root);
  draw();
  const [ask, ...stops] = conversation(model, root, drawRest);
  stops.push(follow(model, { "change:text": draw, "change:threshold": drawRest, "change:lines": drawRest }), keepKeys(root));
  return () => stops.forEach((stop) => stop());
}

export default { render };
