/* What a reader takes along: pictures of a chart with title, source and address on white ground, and texts into the clipboard. */
(function () {
  "use strict";
  const SIZE = { width: 1200, height: 675, scale: 2 };

  function text(id) {
    const found = document.getElementById(id);
    return found ? found.textContent.trim() : "";
  }

  /* A title goes into plotly's pseudo-HTML: signs of markup stay text. */
  function plain(said) {
    return said.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  }

  /* The chart as a figure of its own: light colours whatever the theme, words around it, no transparent ground. */
  function picture(name) {
    const figure = structuredClone(window.BILATERAL.figure("g-" + name, "light"));
    const page = text("title");
    const named = ((figure.layout.meta || {}).key || []).map(plain), key = [];
    for (let first = 0; first < named.length; first += 3) key.push(named.slice(first, first + 3).join("   "));
    const notes = key.concat([text("source"), location.href].map(plain)).join("<br>");
    figure.layout = Object.assign(figure.layout, {
      width: SIZE.width, height: SIZE.height, paper_bgcolor: "#FFFFFF", plot_bgcolor: "#FFFFFF",
      title: { text: plain(text("t-" + name) + " – " + page), x: 0.03, y: 0.97, yanchor: "top", font: { size: 24 } },
      margin: Object.assign({}, figure.layout.margin, { t: 70, b: 110 + 20 * key.length, l: 60, r: Math.max(40, (figure.layout.margin || {}).r || 0) }),
    });
    figure.layout.annotations = (figure.layout.annotations || []).concat({
      xref: "paper", yref: "paper", x: 0, y: 0, yshift: -48, xanchor: "left", yanchor: "top", align: "left", showarrow: false,
      text: notes, font: { size: 14, color: "#4A5565" },
    });
    return figure;
  }

  async function save(button) {
    const name = button.dataset.picture, format = button.dataset.format;
    const config = (document.querySelector("#g-" + name + " .js-plotly-plot") || {})._context || {};
    const figure = picture(name);
    figure.config = { locale: config.locale, locales: config.locales };
    const address = await window.Plotly.toImage(figure, Object.assign({ format: format }, SIZE));
    const link = document.createElement("a");
    link.href = address;
    const choice = JSON.parse(document.getElementById("title").dataset.choice || "{}");
    link.download = [choice.pair, name, choice.by, choice.from, choice.to].filter(Boolean).join("_") + "." + format;
    link.click();
  }

  async function copy(button) {
    const said = button.dataset.copy === "address" ? location.href : text(button.dataset.copy);
    await navigator.clipboard.writeText(said);
    button.textContent = button.dataset.done;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture], [data-copy]");
    if (button) (button.dataset.picture ? save : copy)(button);
  });
  window.BILATERAL.picture = picture;
})();
