/* Figures are painted with the colours of the theme, and again when the theme changes. */
(function () {
  "use strict";
  const sources = {}, LONGEST = 47;

  /* Boxes get their height before plotly draws, cards without a figure are hidden: nothing moves afterwards. */
  function draw(figures, within) {
    (within || document).querySelectorAll("figure.card[id^='k-']").forEach((card) => {
      const name = card.id.slice(2), figure = figures[name];
      const graph = card.hidden && figure && card.querySelector(".js-plotly-plot");
      card.hidden = !figure;
      if (!figure) return;
      if (graph && window.Plotly) requestAnimationFrame(() => window.Plotly.Plots.resize(graph));  // it was made without a width
      if (innerWidth < 640) narrow(figure.layout);
      card.querySelector(".plot").style.height = figure.layout.height + "px";
      sources["g-" + name] = figure;
      window.dash_clientside.set_props("g-" + name, { figure: window.BILATERAL.painted(figure) });
    });
  }

  /* On a phone a chart has fewer days on its axis, and names of rows end before the edge; the slider and the table have them whole. */
  function narrow(layout) {
    const axis = layout.xaxis;
    if (axis && axis.nticks > 3) axis.nticks = axis.nticks > 4 ? 4 : 3;
    for (const label of layout.annotations || []) {
      if (label.x === 0 && label.text.length > LONGEST) label.text = label.text.slice(0, LONGEST - 1).replace(/&\w*$/, "").trim() + "…";
    }
  }

  /* What an answer brings takes the place of what stood there; focus, open details and a moved slider stay. */
  function show(answer) {
    if (!answer) return;
    const callbacks = { beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS") };
    for (const [name, html] of Object.entries(answer.places)) {
      const place = document.getElementById("p-" + name);
      if (place) window.Idiomorph.morph(place, html, { morphStyle: "innerHTML", callbacks });
    }
    draw(answer.figures);
    window.BILATERAL.follow();
    window.BILATERAL.arrive();
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.bilateral = { show };
  window.BILATERAL.draw = draw;
  window.BILATERAL.figure = (id, theme) => window.BILATERAL.painted(sources[id], theme);
  window.BILATERAL.repaint = function () {
    for (const [id, figure] of Object.entries(sources)) {
      window.dash_clientside.set_props(id, { figure: window.BILATERAL.painted(figure) });
    }
  };

  /* The slider reads each point out and shows it on the chart. */
  document.addEventListener("input", (event) => {
    const slider = event.target;
    if (!slider.dataset || !slider.dataset.slider) return;
    const said = window.BILATERAL.points(slider).readouts[+slider.value];
    slider.setAttribute("aria-valuetext", said);
    document.getElementById(slider.getAttribute("aria-describedby")).textContent = said;
    for (const id of slider.dataset.slider.split(" ")) {
      const graph = document.querySelector("#" + id + " .js-plotly-plot");
      const curve = graph && graph.data ? graph.data.findIndex((trace) => trace.meta === "slider") : -1;
      if (curve >= 0 && window.Plotly) window.Plotly.Fx.hover(graph, [{ curveNumber: curve, pointNumber: +slider.value }]);
    }
  });

  /* Enter on a slider opens what its button opens. */
  document.addEventListener("keydown", (event) => {
    const slider = event.target;
    if (event.key !== "Enter" || !slider.dataset || !slider.dataset.slider) return;
    const button = document.querySelector("[data-at='" + slider.id + "']");
    if (button) button.click();
  });

  /* A click or a tap on a point moves the slider there, so that it is read out and its events can be opened. */
  const followed = new WeakSet();
  document.addEventListener("pointerdown", (event) => {
    const graph = event.target.closest(".js-plotly-plot");
    if (!graph || !graph.on || followed.has(graph)) return;
    followed.add(graph);
    graph.on("plotly_click", (clicked) => {
      const slider = document.querySelector("[data-slider~='" + graph.closest("[id^='g-']").id + "']");
      const point = clicked.points.find((one) => one.data.meta === "slider");
      if (!slider || !point) return;
      slider.value = point.pointNumber;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();
