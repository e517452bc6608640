// The strip through a review: each opinion at its place, praise above the line, criticism below it. Beside it stand the
// lists that choose which opinions are shown; the others fade, and steps pass over them.

const number = (value) => value.toLocaleString("en");

function stripOf(model, turn, changed) {
  const polarities = Object.entries(SIGNS).map(([polarity, sign]) => [polarity, `${sign} ${polarity}`]);
  const label = "The opinions along the review. Arrow keys step through them";
  const strip = h("div", { class: "sl-strip", role: "slider", tabindex: "0", "aria-label": label, "aria-valuemin": 1 });
  const theme = choice([], { "aria-label": "Show only the opinions of" });
  const polarity = choice([["", "+ and −"], ...polarities], { "aria-label": "Show only" });
  const labels = Object.fromEntries(model.get("themes"));
  const all = () => model.get("strip");
  const isShown = (one) => [one.theme, ""].includes(theme.value) && [one.polarity, ""].includes(polarity.value);
  const shown = () => all().flatMap((one, each) => (isShown(one) ? [each] : []));

  function draw() {
    const chosen = theme.value;
    const count = (one) => all().filter((opinion) => opinion.theme === one).length;
    const known = model.get("themes").filter(([one]) => one === chosen || count(one));
    const options = [["", "all themes"], ...known.map(([one, words]) => [one, `${words} (${count(one)})`])];
    theme.replaceChildren(...options.map(([value, words]) => h("option", { value }, words)));
    theme.value = chosen;
    strip.replaceChildren(
      ...all().map((one, each) => {
        const title = `${one.polarity}: ${labels[one.theme]}`;
        return h("span", { class: `sl-${one.polarity}`, "data-number": each, title, style: { left: `${one.left}%` } });
      }),
    );
  }

  function fade(root) {
    for (const element of root.querySelectorAll("[data-number]")) {
      element.classList.toggle("sl-off", !isShown(all()[element.dataset.number] ?? {}));
    }
  }

  // Mark the current opinion, and return in words where it stands.
  function point(current) {
    const [count, numbers] = [all().length, shown()];
    const at = numbers.includes(current) ? `${number(numbers.indexOf(current) + 1)} of ` : "";
    const few = numbers.length < count ? ` · ${at}${number(numbers.length)} chosen` : "";
    const into = Math.round(all()[current]?.left ?? 0);
    const stands = `opinion ${number(current + 1)} of ${number(count)} · ${into}% into the text`;
    const place = current < 0 ? `${number(count)} opinion${count > 1 ? "s" : ""}` : stands;
    const where = count ? place + few : model.get("view").none;
    strip.children[current]?.classList.add("sl-current");
    const values = { "aria-valuenow": current + 1, "aria-valuemax": count, "aria-valuetext": where };
    for (const [name, value] of Object.entries(values)) strip.setAttribute(name, value);
    return where;
  }

  // Go to the next opinion that is shown, or to the one before.
  function go(by) {
    const numbers = shown();
    const current = model.get("current");
    const next = by > 0 ? numbers.find((one) => one > current) : numbers.findLast((one) => one < current);
    if (numbers.length) turn(next ?? numbers.at(by > 0 ? 0 : -1));
  }

  // Go to the opinion that is nearest to a point, on its side of the line if there is any.
  function jump(event) {
    const { left, top, width, height } = strip.getBoundingClientRect();
    const at = (100 * (event.clientX - left)) / width;
    const side = event.clientY - top < height / 2 ? "praise" : "criticism";
    const there = shown().filter((each) => all()[each].polarity === side);
    const far = (each) => Math.abs(all()[each].left - at);
    const [nearest] = (there.length ? there : shown()).sort((one, other) => far(one) - far(other));
    if (nearest !== undefined) turn(nearest);
  }

  strip.addEventListener("click", jump);
  for (const list of [theme, polarity]) {
    list.addEventListener("change", () => {
      changed();
      if (!shown().includes(model.get("current"))) go(1);
    });
  }
  return { strip, theme, polarity, shown, draw, fade, point, go };
}

