/* Search in the list of reports. Without this script the whole list is there, and nothing else is missing. */
"use strict";
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const words = document.getElementById("words");
  const status = document.getElementById("status");
  const found = document.getElementById("found");
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const rows = [...document.querySelectorAll("li.row")];
  let texts = null;

  function search() {
    texts = texts || rows.map((row) => plain(row.textContent));
    const asked = plain(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      const fits = asked.every((word) => texts[i].includes(word))
        && (!status.value || row.classList.contains(status.value));
      row.hidden = !fits;
      shown += fits;
    });
    document.querySelectorAll("ul.reports").forEach((list) => {
      list.previousElementSibling.hidden = !list.querySelector("li.row:not([hidden])");
    });
    found.textContent = shown + " of " + rows.length + " reports";
  }

  /* What a link leads to is shown, whatever was searched for. */
  window.addEventListener("hashchange", () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || !row.hidden) return;
    words.value = "";
    status.value = "";
    search();
    row.scrollIntoView();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", search);
  status.addEventListener("input", search);
  form.hidden = false;
})();
