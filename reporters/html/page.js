"use strict";
(() => {
  const form = document.getElementById("filters");
  const search = document.getElementById("search");
  const selects = ["service", "binding", "level", "outcome"].map((name) => document.getElementById(name));
  const shown = document.getElementById("shown");
  const rows = [...document.getElementById("rows").rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
  let operation = "";

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text } of rows) {
      const fits =
        selects.every((select) => !select.value || row.dataset[select.id] === select.value) &&
        (!operation || row.dataset.operation === operation) &&
        words.every((word) => text.includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      if (fits) count++;
    }
    shown.textContent = `${count} of ${rows.length} shown` + (operation ? `, operation ${operation}` : "");
  };

  const open = (hash) => {
    const card = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (card instanceof HTMLDetailsElement) card.open = true;
  };

  form.hidden = false;
  form.addEventListener("input", () => { operation = ""; filter(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { operation = ""; setTimeout(filter); });
  for (const button of document.querySelectorAll(".matrix button")) {
    button.addEventListener("click", () => {
      form.reset();
      document.getElementById("service").value = button.dataset.service;
      document.getElementById("binding").value = button.dataset.binding;
      setTimeout(() => {
        operation = button.dataset.operation;
        filter();
        form.scrollIntoView();
        search.focus({ preventScroll: true });
      });
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
