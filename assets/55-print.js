/* On paper: charts are laid out anew for its width, and each sheet names its address and the data version. */
(function () {
  "use strict";
  const WIDTH = 690, HEIGHT = 290;
  const said = document.createElement("style");
  said.media = "print";
  document.head.append(said);

  function quoted(text) {
    return '"' + text.replace(/[\\"\n]/g, " ") + '"';
  }

  function graphs() {
    return window.Plotly ? [...document.querySelectorAll(".card:not([hidden]) .js-plotly-plot")].filter((graph) => graph.layout && graph.checkVisibility()) : [];
  }

  function before() {
    const source = document.getElementById("source");
    const version = source ? source.dataset.version : "";
    said.textContent = "@page { @bottom-left { content: " + quoted(location.href) + "; font-size: 8pt; } " +
      "@bottom-right { content: " + quoted(version + "  ") + " counter(page) \"/\" counter(pages); font-size: 8pt; } }";
    for (const graph of graphs()) {
      const width = graph.closest(".grid2") ? WIDTH / 2 - 20 : WIDTH;
      const height = graph.closest("#k-hero, #k-balance") ? HEIGHT : graph.clientHeight;
      // Not relayout: Dash answers that event and draws its own figure again.
      window.Plotly.react(graph, graph.data, Object.assign(narrowed(structuredClone(graph.layout)), { width, height, autosize: false }), graph._context);
    }
  }

  /* Without the brush, and with numbers in the place of names, which the list under the chart has. */
  function narrowed(layout) {
    if (layout.xaxis && layout.xaxis.rangeslider) {
      delete layout.xaxis.rangeslider;
      layout.margin.b = 34;
    }
    for (const label of layout.annotations || []) {
      if (/^key /.test(label.name || "")) label.text = "<b>" + label.name.slice(4) + "</b>";
    }
    return layout;
  }

  function after() {
    window.BILATERAL.repaint();
  }

  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
})();
