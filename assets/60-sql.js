/* The page /sql: a statement is asked without leaving the page, so that it can be cancelled; the last ones are kept in this browser only.
   Without this script the form is sent as it is, and the page comes back with its answer. */
(function () {
  "use strict";
  const form = document.getElementById("ask");
  if (!form) return;
  const box = document.getElementById("q"), run = document.getElementById("run"), cancel = document.getElementById("cancel");
  const KEY = "bilateral-sql", MOST = 30, LONGEST = 6000;
  const SQL = window.BILATERAL.base + "/sql";
  let asking = null;

  function address(button) {
    const query = new URLSearchParams(new FormData(form));
    if (button && button.name) query.set(button.name, button.value);
    return SQL + "?" + query;
  }

  function say(sentence) {
    const said = document.createElement("p");
    said.id = "said";
    said.setAttribute("role", "status");
    said.textContent = sentence;
    document.getElementById("said").replaceWith(said);
  }

  function busy(on) {
    cancel.disabled = !on;
    run.disabled = on;
    const main = document.getElementById("main");
    on ? main.setAttribute("aria-busy", "true") : main.removeAttribute("aria-busy");
  }

  async function ask(next, keep) {
    if (asking) return;
    asking = new AbortController();
    busy(true);
    say(form.dataset.running);
    try {
      const long = next.length > LONGEST;
      const answer = await fetch(long ? SQL : next, long ? { method: "POST", body: new FormData(form), signal: asking.signal } : { signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.getElementById("result")) throw new Error(answer.status);
      for (const id of ["result", "values", "share"]) document.getElementById(id).replaceWith(page.getElementById(id));
      if (keep) history.pushState(null, "", long ? document.getElementById("share").href : next);
      remember(box.value);
      offer();
    } catch (error) {
      say(error.name === "AbortError" ? form.dataset.cancelled : form.dataset.failed);
    } finally {
      asking = null;
      busy(false);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(address(event.submitter), true);
  });
  cancel.addEventListener("click", () => { if (asking) asking.abort(); run.disabled = false; run.focus(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  window.addEventListener("popstate", () => location.reload());

  /* A name that is typed gets its field before the statement is run. */
  box.addEventListener("change", () => {
    const names = [...new Set([...box.value.matchAll(/(?<![\w$])\$([A-Za-z_]\w*)/g)].map((found) => found[1]))];
    const values = document.getElementById("values");
    const known = Object.fromEntries([...values.querySelectorAll("input")].map((input) => [input.name, input.value]));
    values.replaceChildren(...names.map((name) => {
      const part = document.createElement("div"), label = document.createElement("label"), input = document.createElement("input");
      label.textContent = "$" + name;
      label.htmlFor = input.id = "v-" + name;
      input.type = "text";
      input.name = "$" + name;
      input.autocomplete = "off";
      input.value = known["$" + name] || "";
      part.append(label, input);
      return part;
    }));
  });

  /* Plotly comes when a chart is opened, and not before. */
  function plotly() {
    if (window.Plotly) return Promise.resolve();
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = window.BILATERAL.base + "/assets/plotly.min.js";
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  async function draw() {
    const chart = document.getElementById("chart");
    if (!chart || !chart.open) return;
    const box = document.getElementById("b-chart");
    await plotly();
    const figure = window.BILATERAL.painted(JSON.parse(box.dataset.figure));
    window.Plotly.react(box, figure.data, figure.layout, JSON.parse(box.dataset.config));
  }

  /* Without this script a chart could not be drawn, so it is offered only here. */
  function offer() {
    const chart = document.getElementById("chart");
    if (chart) chart.hidden = false;
  }
  document.addEventListener("toggle", (event) => { if (event.target.id === "chart") draw(); }, true);
  window.BILATERAL.repaint = draw;
  offer();

  function kept() {
    try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; }
  }

  function remember(statement) {
    const list = [statement, ...kept().filter((other) => other !== statement)].slice(0, MOST);
    try { localStorage.setItem(KEY, JSON.stringify(list)); } catch { /* a private window keeps nothing */ }
    show();
  }

  function show() {
    document.getElementById("history").replaceChildren(...kept().map((statement) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = SQL + "?" + new URLSearchParams({ q: statement });
      link.textContent = statement.replace(/\s+/g, " ").slice(0, 120);
      item.append(link);
      return item;
    }));
  }

  document.getElementById("forget").addEventListener("click", () => {
    localStorage.removeItem(KEY);
    show();
    say(form.dataset.forgotten);
  });
  const language = document.getElementById("language");
  if (language) language.addEventListener("click", () => {
    const query = new URLSearchParams(new FormData(form));
    language.hreflang.startsWith("en") ? query.delete("lang") : query.set("lang", language.hreflang.slice(0, 2));
    language.href = SQL + "?" + query;
  });
  if (box.value) remember(box.value); else show();
})();
