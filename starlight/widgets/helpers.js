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
  // JupyterLab's shortcuts look at the focused element: without this, pressing d twice on a button deletes the cell.
  if (node.tabIndex >= 0) node.setAttribute("data-lm-suppress-shortcuts", "true");
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

function button(text, attributes = {}) {
  return h("button", { type: "button", ...attributes }, text);
}

// A list to choose from, in a label; each choice is its value, its text and, if it has one, its tooltip.
function dropdown(text, choices, chosen, attributes = {}) {
  const options = choices.map(([value, words, title]) => h("option", { value, title, selected: value === chosen }, words));
  return h("label", {}, h("span", {}, text), h("select", attributes, options));
}

const WAIT = 3000; // ms without an answer, after which the page says so

// Send the kernel a message. If it was restarted, this fails: then nobody will ever answer.
function post(model, message, otherwise) {
  try {
    model.send(message);
  } catch {
    otherwise();
  }
}

// Follow the model; what comes back stops it.
function follow(model, handlers) {
  for (const [event, handler] of Object.entries(handlers)) model.on(event, handler);
  return () => {
    for (const [event, handler] of Object.entries(handlers)) model.off(event, handler);
  };
}

