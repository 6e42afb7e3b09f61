/* Figures come with colours as "$name"; they are painted here with the tokens of the theme, and again when the theme changes. */
(function () {
  "use strict";
  const sources = {};

  function painted(part, tokens) {
    if (typeof part === "string") return part[0] === "$" && tokens[part.slice(1)] ? tokens[part.slice(1)] : part;
    if (Array.isArray(part)) return part.map((item) => painted(item, tokens));
    if (part && typeof part === "object") {
      return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, painted(value, tokens)]));
    }
    return part;
  }

  function tokens() {
    return window.BILATERAL.tokens[document.documentElement.dataset.theme];
  }

  function paint(name) {
    return function (figure) {
      if (!figure) return window.dash_clientside.no_update;
      sources["g-" + name] = figure;
      return painted(figure, tokens());
    };
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.bilateral = {
    paint_balance: paint("balance"), paint_words: paint("words"), paint_directions: paint("directions"),
  };
  window.BILATERAL.repaint = function () {
    for (const [id, figure] of Object.entries(sources)) {
      window.dash_clientside.set_props(id, { figure: painted(figure, tokens()) });
    }
  };

  /* The slider reads each point out and shows it on the chart. */
  document.addEventListener("input", (event) => {
    const slider = event.target;
    if (!slider.dataset || !slider.dataset.slider) return;
    const said = window.BILATERAL.points(slider).readouts[+slider.value];
    slider.setAttribute("aria-valuetext", said);
    document.getElementById(slider.getAttribute("aria-describedby")).textContent = said;
    const graph = document.querySelector("#" + slider.dataset.slider + " .js-plotly-plot");
    if (!graph || !window.Plotly) return;
    const curve = graph.data.findIndex((trace) => trace.meta === "slider");
    window.Plotly.Fx.hover(graph, [{ curveNumber: curve, pointNumber: +slider.value }]);
  });
})();
