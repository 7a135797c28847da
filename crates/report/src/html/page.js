"use strict";
const form = document.getElementById("filters");
const rows = Array.from(document.querySelectorAll("#findings > tbody > tr"));
function show() {
  const wanted = form.elements;
  const text = wanted.text.value.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const is = row.dataset;
    const fits = Number(is.severity) >= Number(wanted.severity.value)
      && (!wanted.class.value || is.class === wanted.class.value)
      && (!wanted.target.value || is.target === wanted.target.value)
      && (!wanted.layer.value || is.layer.split(" ").includes(wanted.layer.value))
      && (!wanted.gate.checked || is.gate === "true")
      && (!wanted.fixable.checked || is.fixable === "true")
      && (!wanted.open.checked || is.open === "true")
      && (!text || row.textContent.toLowerCase().includes(text));
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  form.querySelector("output").value = shown + " of " + rows.length;
}
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
if (rows.length > 0) {
  form.hidden = false;
  show();
}
