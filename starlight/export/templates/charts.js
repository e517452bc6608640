// Draw every chart in place of its picture, which stays if the chart cannot be drawn.
options.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : undefined;
for (const chart of document.querySelectorAll("figure.chart")) {
  const drawn = document.createElement("div");
  const specification = JSON.parse(chart.querySelector("script").textContent);
  delete specification.usermeta; // Vega-Embed would take options from it, a patch of the chart among them
  vegaEmbed(drawn, specification, options).then(
    () => chart.firstElementChild.replaceWith(drawn),
    (error) => console.error(error),
  );
}
