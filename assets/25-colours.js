/* Figures come with colours as "$name"; here they get those of a theme. */
(function () {
  "use strict";
  function painted(part, tokens) {
    if (typeof part === "string") return part[0] === "$" && tokens[part.slice(1)] ? tokens[part.slice(1)] : part;
    if (Array.isArray(part)) return part.map((item) => painted(item, tokens));
    if (part && typeof part === "object") {
      return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, painted(value, tokens)]));
    }
    return part;
  }

  window.BILATERAL.painted = (figure, theme) => painted(figure, window.BILATERAL.tokens[theme || document.documentElement.dataset.theme]);
})();
