/* Lineage of a number: shown on hover, focus, click or Enter; Escape closes it (WCAG 1.4.13).
   Without this script each number is a plain link to its row in the lineage annex. */
"use strict";
(() => {
  const card = document.getElementById("card");
  let open = null;
  let pinned = false;
  let timer = 0;

  const fields = ["What it is", "What was counted", "Rows counted", "Source"];

  function fill(link) {
    const row = document.getElementById("lineage-" + link.dataset.claim);
    card.textContent = "";
    const head = document.createElement("p");
    head.textContent = link.textContent;
    head.className = "card-number";
    card.append(head);
    const list = document.createElement("dl");
    const add = (name, text) => {
      const term = document.createElement("dt");
      const value = document.createElement("dd");
      term.textContent = name;
      value.textContent = text;
      list.append(term, value);
    };
    fields.forEach((name, i) => add(name, row.cells[i + 1].textContent));
    add("Build", row.closest("table").dataset.build);
    card.append(list);
  }

  function place(link) {
    const box = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    card.style.left = "0px";
    card.hidden = false;
    const left = Math.min(Math.max(8, box.left), room - card.offsetWidth - 8);
    const below = box.bottom + card.offsetHeight + 8 < window.innerHeight;
    const top = below || box.top < card.offsetHeight ? box.bottom + 2 : box.top - card.offsetHeight - 2;
    card.style.left = left + window.scrollX + "px";
    card.style.top = top + window.scrollY + "px";
  }

  function show(link) {
    clearTimeout(timer);
    if (open === link) return;
    hide();
    open = link;
    fill(link);
    place(link);
    link.setAttribute("aria-describedby", "card");
  }

  function hide() {
    clearTimeout(timer);
    if (open) open.removeAttribute("aria-describedby");
    open = null;
    pinned = false;
    card.hidden = true;
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(() => { if (!pinned) hide(); }, 200); };
  const claimOf = (event) => event.target.closest && event.target.closest("a.claim");

  document.addEventListener("pointerover", (event) => {
    if (card.contains(event.target)) { clearTimeout(timer); return; }
    const link = claimOf(event);
    if (event.pointerType === "touch") return;
    if (link && !pinned) show(link); else if (open && link !== open) later();
  });
  document.addEventListener("focusin", (event) => {
    const link = claimOf(event);
    if (link) { if (open !== link) { show(link); } } else if (open) hide();
  });
  document.addEventListener("focusout", (event) => { if (claimOf(event)) later(); });
  document.addEventListener("click", (event) => {
    const link = claimOf(event);
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      const again = open === link && pinned;
      if (again) { hide(); return; }
      show(link);
      pinned = true;
    } else if (open && !card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  /* On a phone the bar of the browser comes and goes: that changes the height only. */
  let width = window.innerWidth;
  window.addEventListener("resize", () => { if (window.innerWidth !== width) hide(); width = window.innerWidth; });

  /* A table too wide gets a narrower first column. If it still scrolls, it says so; if not, it needs no
     stop of the Tab key. Each is measured without what the other adds. */
  const mark = (region) => region.classList.toggle(
    "at-end", region.scrollLeft > 0 && region.scrollLeft + region.clientWidth >= region.scrollWidth - 2);
  const isTooWide = (region) => region.scrollWidth > region.clientWidth + 1;
  const regions = () => document.querySelectorAll(".scroll").forEach((region) => {
    region.classList.remove("wide-table", "scrolls");
    region.classList.toggle("wide-table", isTooWide(region));
    const scrolls = isTooWide(region);
    region.classList.toggle("scrolls", scrolls);
    if (scrolls) region.tabIndex = 0; else region.removeAttribute("tabindex");
    if (scrolls) mark(region); else region.classList.remove("at-end");
    region.onscroll = () => { mark(region); hide(); };
  });
  document.addEventListener("toggle", regions, true);
  window.addEventListener("resize", regions);
  regions();

  /* What a link points at is unfolded before the page moves there. */
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let d = target && target.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    if (target) target.scrollIntoView();
  };
  window.addEventListener("hashchange", unfold);
  if (location.hash) unfold();

  /* On paper nothing stays folded. */
  let folded = [];
  window.addEventListener("beforeprint", () => {
    hide();
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }));
})();
