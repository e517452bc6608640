// Shared by all widgets: anywidget takes one script, so Python puts this before each widget's own.

// Make an element. What begins with "on" is a listener; attributes and children that are null or false are left out.
// Text of a review only ever becomes a text node, so that nothing in it is HTML.
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(node.style, value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

function button(text, attributes = {}) {
  return h("button", { type: "button", ...attributes }, text);
}

// A button that cannot be used now keeps the focus, so that a keyboard does not lose its place.
function setOff(control, off) {
  control.setAttribute("aria-disabled", String(off));
}

function useIfOn(control, action) {
  control.addEventListener("click", () => control.getAttribute("aria-disabled") !== "true" && action());
}

// A listener that does what a key stands for; with Ctrl, Alt or Command it is left to others.
function onKeys(actions) {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key](event);
  };
}

// A list to choose from, in a label; each choice is its value, its text and, if it has one, its tooltip.
function dropdown(text, choices, chosen, attributes = {}) {
  return h("label", {}, h("span", {}, text), choice(choices, attributes, chosen));
}

function choice(choices, attributes, chosen) {
  const options = choices.map(([value, words, title]) => h("option", { value, title, selected: value === chosen }, words));
  return h("select", attributes, options);
}

const SIGNS = { praise: "+", criticism: "−" }; // as in the charts

const WAIT = 1500; // ms without an answer, after which the page says so
const GONE =
  "The kernel does not answer. If it is busy, wait: this will be done. If it was restarted, choose Run > Run All Cells.";
const STORED = "This is how the widget was last saved. To use it, choose Run > Run All Cells.";

// Return how a page asks the kernel, which answers every question by its number, and `say`, which tells how it stands.
// Without an answer a note right below the place that was clicked or typed in says what to do, and `restore` draws what
// the kernel said last, so that nothing on the page looks done.
function conversation(model, root, restore) {
  const note = h("p", { class: "st-gone", role: "alert", hidden: true });
  let asked = 0;
  let answered = 0;
  let place = root;
  root.append(note);
  for (const kind of ["pointerdown", "keydown"]) root.addEventListener(kind, (event) => (place = event.target), true);

  function ask(question, words = GONE) {
    const number = ++asked;
    const [at, home] = [place, root].map((node) => node.getBoundingClientRect());
    const top = `${Math.min(at.bottom, home.bottom) - home.top + 4}px`;
    const tell = () => {
      if (answered >= number) return;
      restore();
      Object.assign(note, { textContent: words, hidden: false });
      note.style.top = words === STORED ? 0 : top;
    };
    try {
      model.send({ ...question, number });
    } catch {
      return tell(); // the kernel was restarted, and nobody will ever answer
    }
    setTimeout(tell, WAIT);
  }

  function hear(message) {
    answered = Math.max(answered, message.answered ?? 0);
    note.hidden = true;
  }
  const stop = follow(model, { "msg:custom": hear });
  ask({ do: "hello" }, STORED);
  return [ask, stop];
}

// Keep plain keys from JupyterLab, where pressing d twice deletes the cell; Ctrl+S and its like go through. JupyterLab
// looks for the attribute where the focus is when a key reaches the document, and the window gets it before.
function keepKeys(root) {
  const guard = (event) => {
    if (root.contains(event.target)) {
      event.target.toggleAttribute("data-lm-suppress-shortcuts", !(event.ctrlKey || event.metaKey || event.altKey));
    }
  };
  window.addEventListener("keydown", guard, true);
  return () => window.removeEventListener("keydown", guard, true);
}

// Follow the model; what comes back stops it.
function follow(model, handlers) {
  for (const [event, handler] of Object.entries(handlers)) model.on(event, handler);
  return () => {
    for (const [event, handler] of Object.entries(handlers)) model.off(event, handler);
  };
}

