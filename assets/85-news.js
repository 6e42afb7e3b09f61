/* While a page is open: when a newer snapshot answers, a notice offers to show it. Nothing changes under the reader's hands. */
(function () {
  "use strict";
  const EVERY = 5 * 60 * 1000;
  let looked = Date.now();

  async function look() {
    looked = Date.now();
    const shown = document.querySelector("#source[data-version]");
    if (!shown) return;
    try {
      const health = await (await fetch(window.BILATERAL.base + "/health")).json();
      tell(shown.dataset, health.data_version);
    } catch (error) { /* a server that does not answer now is asked again */ }
  }

  function tell(said, version) {
    const newer = version && said.version && version > said.version;
    if (!newer) return notice.replaceChildren();
    if (notice.hasChildNodes()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = said.show;
    button.onclick = () => location.reload();
    notice.append(said.news + " ", button);
  }

  const notice = document.createElement("div");
  notice.id = "news";
  notice.setAttribute("role", "status");
  document.body.append(notice);
  setInterval(() => document.hidden || look(), EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || Date.now() - looked < EVERY || look());
})();
