"use strict";
(() => {
  const words = { p: "passed", o: "observed", f: "failed", t: "timed out", x: "fault", w: "warned", b: "blocked", v: "waived", s: "skipped", n: "not run", "-": "not in the run" };
  const wrong = "ftxwb";
  const data = JSON.parse(document.getElementById("data").textContent);
  const get = (id) => document.getElementById(id);
  document.body.classList.add("on");

  const rows = [...document.querySelectorAll("#matrix tbody tr")];
  const filter = () => {
    const text = get("search").value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = (text !== "" && !row.cells[0].textContent.toLowerCase().includes(text)) ||
        (get("wrong").checked && "fine" in row.dataset) || (get("differs").checked && "same" in row.dataset);
      if (!row.hidden) shown++;
    }
    get("shown").textContent = shown + " of " + rows.length;
  };
  get("filter").addEventListener("input", filter);
  get("filter").addEventListener("submit", (event) => event.preventDefault());
  filter();

  const title = (run) => run.started + " " + run.product + " " + run.release;
  for (const id of ["before", "after"]) {
    data.runs.forEach((run, i) => get(id).append(new Option(title(run), String(i))));
  }
  // The newest run, and the one of the same product before it.
  const last = data.runs.length - 1;
  const earlier = data.runs.findLastIndex((run, i) => i < last && run.product === data.runs[last].product);
  get("after").value = String(last);
  get("before").value = String(earlier >= 0 ? earlier : Math.max(0, last - 1));

  const kind = (letter) => wrong.includes(letter) ? "wrong" : "po".includes(letter) ? "right" : letter === "-" ? "absent" : "open";
  const compare = () => {
    const before = Number(get("before").value), after = Number(get("after").value);
    const body = document.querySelector("#changes tbody");
    body.replaceChildren();
    let worse = 0, better = 0, other = 0;
    data.behaviours.forEach((id, i) => {
      const was = data.cells[before][i], is = data.cells[after][i];
      if (was === is || (kind(was) === "right" && kind(is) === "right")) return;
      if (kind(is) === "wrong" && kind(was) !== "wrong") worse++;
      else if (kind(was) === "wrong" && kind(is) !== "wrong") better++;
      else other++;
      const row = body.insertRow();
      const name = document.createElement("th");
      name.scope = "row";
      name.textContent = id;
      row.append(name);
      for (const letter of [was, is]) {
        const cell = row.insertCell();
        cell.textContent = words[letter];
        cell.className = words[letter].replace(" ", "_");
      }
      row.insertCell().textContent = data.headlines[after][id] || data.headlines[before][id] || "";
    });
    get("changed").textContent = worse + " got wrong, " + better + " are wrong no more, " + other + " changed otherwise";
  };
  get("pair").addEventListener("input", compare);
  get("pair").addEventListener("submit", (event) => event.preventDefault());
  compare();
})();
