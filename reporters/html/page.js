"use strict";
(() => {
  const form = document.getElementById("filters");
  const search = document.getElementById("search");
  const selects = ["service", "binding", "level", "outcome"].map((name) => document.getElementById(name));
  const shown = document.getElementById("shown");
  // The text of thousands of rows and cards is read when somebody searches it.
  const searchable = (element) => {
    let text;
    return { element, has: (word) => (text ??= element.textContent.toLowerCase()).includes(word) };
  };
  const rows = [...document.getElementById("rows").rows].map(searchable);
  const cards = [...document.querySelectorAll("details.card")].map(searchable);
  // What the matrix asked for beside what the form holds.
  let operation = "", variant = "";

  const fits = ({ element: { dataset }, has }, words, bindings) =>
    selects.every((select) => !select.value || (select.id === "binding" ? bindings.includes(select.value) : dataset[select.id] === select.value)) &&
    (!operation || dataset.operation === operation) &&
    words.every(has);

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const one of rows) {
      const row = one.element;
      const shows = fits(one, words, [row.dataset.binding]) && (!variant || row.dataset.variant.endsWith(variant));
      if (row.hidden === shows) row.hidden = !shows;
      if (shows) count++;
    }
    for (const one of cards) {
      one.element.hidden = !fits(one, words, one.element.dataset.bindings.split(" "));
    }
    shown.textContent = `${count} of ${rows.length} shown` + (operation ? `, operation ${operation} ${variant}` : "");
  };

  const open = (hash) => {
    const name = hash && decodeURIComponent(hash.slice(1));
    const card = name && (document.getElementById(name) || document.querySelector(`.card[data-behaviour="${CSS.escape(name)}"]`));
    if (!(card instanceof HTMLDetailsElement)) return;
    card.open = true;
    if (card.id !== name) card.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("input", () => { operation = variant = ""; filter(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { operation = variant = ""; setTimeout(filter); });
  for (const button of document.querySelectorAll(".matrix button")) {
    button.addEventListener("click", () => {
      form.reset();
      document.getElementById("service").value = button.dataset.service;
      document.getElementById("binding").value = button.dataset.binding;
      setTimeout(() => {
        operation = button.dataset.operation;
        variant = button.dataset.variant;
        filter();
        document.getElementById("results-heading").scrollIntoView();
        search.focus({ preventScroll: true });
      });
    });
  }
  for (const button of document.querySelectorAll("button.copy")) {
    const text = button.nextElementSibling || button.previousElementSibling;
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = "copied";
      } catch {
        button.textContent = "cannot copy";
      }
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      search.focus();
    }
  });
  addEventListener("hashchange", () => open(location.hash));
  addEventListener("beforeprint", () => document.querySelectorAll(".card").forEach((card) => { card.open = true; }));
  open(location.hash);
  filter();
})();
