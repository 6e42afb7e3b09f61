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
      const fold = card.querySelector(".fold"), folded = !!(figure.layout.meta || {}).folded || (innerWidth < 640 && !!card.closest(".grid2"));
      if (fold.classList.toggle("folds", folded) !== !fold.open) fold.open = !folded;
      if (innerWidth < 640) narrow(figure.layout);
      zoom(figure.layout, card);
      card.querySelector(".plot").style.height = figure.layout.height + "px";
      sources["g-" + name] = figure;
      window.dash_clientside.set_props("g-" + name, { figure: window.BILATERAL.painted(figure) });
    });
    if (innerWidth < 640) fold(within || document);
  }

  /* On a phone what a chart needs on paper and beside a mouse is folded once; what a reader opens stays open. */
  let is_folded = false;
  function fold(within) {
    if (!is_folded) within.querySelectorAll("details.marked").forEach((list) => { list.open = false; });
    is_folded = true;
  }

  /* With a mouse a range is dragged on the chart or brushed below it; a finger scrolls the page instead. */
  function zoom(layout, card) {
    if (!layout.meta || !layout.meta.zoom) return;
    const reset = card.querySelector("[data-reset]");
    if (reset) reset.hidden = true;
    if (innerWidth < 640 || !matchMedia("(pointer: fine)").matches) {
      layout.margin.b = 36;
      return delete layout.xaxis.rangeslider;
    }
    layout.dragmode = "zoom";
    layout.xaxis.fixedrange = false;
  }

  /* On a phone a chart has fewer days on its axis, and names of rows end before the edge; the slider and the table have them whole. */
  function narrow(layout) {
    const axis = layout.xaxis;
    if (axis && axis.nticks > 3) axis.nticks = axis.nticks > 4 ? 4 : 3;
    if (layout.meta && layout.meta.scales) layout.margin.r = 44;
    const firsts = new Set((layout.annotations || []).filter((label) => label.name === "end name").map((label) => label.text.split(" – ")[0]));
    if (layout.margin && layout.margin.r > 150) layout.margin.r = firsts.size > 1 ? 140 : 110;
    for (const label of layout.annotations || []) {
      if (/^key /.test(label.name)) Object.assign(label, { text: "<b>" + label.name.slice(4) + "</b>", xanchor: "center", xshift: 0 });
      if (label.name === "end name" && firsts.size === 1) Object.assign(label, { text: label.text.replace(/^.* – /, ""), xshift: 3 });
      if (label.name === "end") label.text = label.text.split("<br>")[0];
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
    window.BILATERAL.stops();
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

  /* A chart that was folded was drawn without a width. */
  document.addEventListener("toggle", (event) => {
    const graph = event.target.matches(".fold[open]") && event.target.querySelector(".js-plotly-plot");
    if (graph && window.Plotly) window.Plotly.Plots.resize(graph);
  }, true);

  /* Between a chart's own scale and the full one. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-scale]");
    if (!button) return;
    const id = button.dataset.scale, layout = sources[id].layout, full = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(full));
    layout.yaxis = Object.assign({}, layout.yaxis, layout.meta.ticks[+full], { range: layout.meta.scales[+full] });
    window.dash_clientside.set_props(id, { figure: window.BILATERAL.painted(sources[id]) });
  });

  document.addEventListener("click", (event) => {
    const reset = event.target.closest("[data-reset]");
    if (!reset) return;
    const id = reset.dataset.reset, graph = document.querySelector("#" + id + " .js-plotly-plot");
    window.Plotly.relayout(graph, { "xaxis.range": sources[id].layout.xaxis.range.slice() }).then(() => { reset.hidden = true; });
  });

  /* The name of an event on a chart leads to its page, as its entry in the list does. */
  function lead(clicked) {
    const link = document.querySelector(".keys [data-key='" + String(clicked.annotation.name).slice(4) + "'] a");
    if (link) link.click();
  }

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
    graph.on("plotly_clickannotation", lead);
    graph.on("plotly_relayout", (change) => {
      const reset = graph.closest(".card").querySelector("[data-reset]");
      if (reset && Object.keys(change).some((name) => name.startsWith("xaxis."))) reset.hidden = Object.keys(change).includes("xaxis.autorange");
    });
    graph.on("plotly_click", (clicked) => {
      const slider = document.querySelector("[data-slider~='" + graph.closest("[id^='g-']").id + "']");
      const point = clicked.points.find((one) => one.data.meta === "slider");
      if (!slider || !point) return;
      slider.value = point.pointNumber;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();
