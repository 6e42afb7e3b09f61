/* While an answer is on its way the page says so; when it fails the page says that, names what is still shown, and offers another try. */
(function () {
  "use strict";
  const fetch_plain = window.fetch;
  const texts = window.BILATERAL.first.texts;
  let waiting = 0, timer = 0;

  function place(id, role) {
    let found = document.getElementById(id);
    if (!found) {
      found = document.createElement("div");
      found.id = id;
      found.setAttribute("role", role);
      document.body.prepend(found);
      if (role === "alert") found.hidden = true;
    }
    return found;
  }

  function busy(on) {
    const main = document.getElementById("main");
    clearTimeout(timer);
    if (on) timer = setTimeout(() => { main.setAttribute("aria-busy", "true"); place("busy", "status").textContent = texts.busy; }, 150);
    else { main.removeAttribute("aria-busy"); place("busy", "status").textContent = document.title; }
  }

  function failed() {
    const trouble = place("trouble", "alert");
    const old = document.getElementById("title");
    trouble.textContent = texts.failed.replace("{old}", old ? old.textContent : "") + " ";
    const again = document.createElement("button");
    again.textContent = texts.retry;
    again.type = "button";
    again.onclick = () => window.BILATERAL.ask();
    trouble.append(again);
    trouble.hidden = false;
  }

  window.fetch = async function (resource, options) {
    if (!String((resource && resource.url) || resource).includes("_dash-update-component")) return fetch_plain.apply(this, arguments);
    waiting += 1;
    busy(true);
    try {
      const answer = await fetch_plain.apply(this, arguments);
      answer.ok || answer.status === 204 ? (place("trouble", "alert").hidden = true) : failed();
      return answer;
    } catch (error) {
      failed();
      throw error;
    } finally {
      waiting -= 1;
      if (waiting === 0) busy(false);
    }
  };
})();
