// Comforts for those whose browser runs scripts. Every page does its work without them.
"use strict";

// A job that is running: ask how far it is, and show its result when it is over.
const job = document.querySelector("[data-job]");
if (job && job.dataset.over === "no") {
  const bar = job.querySelector("progress");
  const words = job.querySelector("[data-stage]");
  const ask = async () => {
    try {
      const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const state = await answer.json();
        words.textContent = state.stage;
        if (state.total) { bar.max = state.total; bar.value = state.done; }
        if (state.over) { location.reload(); return; }
      }
    } catch { /* the server is busy or away: ask again */ }
    setTimeout(ask, 700);
  };
  setTimeout(ask, 400);
}

// Files may be dropped on the field that chooses them.
for (const place of document.querySelectorAll(".drop")) {
  const field = place.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    place.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    place.addEventListener(name, () => place.classList.remove("over"));
  }
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}

// Keys that press a button or tick an option, where the person has not switched them off.
const KEYS_OFF = "throughline.keys-off";
const switchOf = document.querySelector("[data-keys-switch]");
const off = () => localStorage.getItem(KEYS_OFF) === "yes";
const showKeys = () => {
  document.body.classList.toggle("no-keys", off());
  if (switchOf) switchOf.textContent = off() ? "Switch the keys on" : "Switch the keys off";
};
if (switchOf) {
  switchOf.hidden = false;
  switchOf.addEventListener("click", () => { localStorage.setItem(KEYS_OFF, off() ? "no" : "yes"); showKeys(); });
}
showKeys();
document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = event.target;
  if (at.closest("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
  if (wanted.type === "radio") wanted.focus();
});

// A page of a report: beside a form it ends where the window does; it shows the marked lines first; it becomes larger and
// small again.
const ABOVE = 48; // pixels of the page that are seen before the marked lines
const LEAST = 280; // pixels of the page that are seen in any window
for (const sheet of document.querySelectorAll(".sheet[data-mark]")) {
  const picture = sheet.querySelector("img");
  const wide = matchMedia("(min-width: 60rem)"); // where style.css has two columns
  let marked = null;
  const beside = sheet.closest(".stay");
  const top = (element) => element.getBoundingClientRect().top;
  const fit = () => {
    if (!beside) return;
    // Where it stands before anybody scrolls: its column begins with the other one, and follows when that is scrolled.
    const above = top(beside.parentElement) + scrollY + top(sheet) - top(beside);
    sheet.style.maxHeight = wide.matches ? `${Math.max(innerHeight - above - 16, LEAST)}px` : "";
  };
  const show = () => {
    fit();
    if (marked !== null) sheet.scrollTop = marked * picture.clientHeight - ABOVE;
  };
  const find = async () => {
    try {
      const answer = await fetch(sheet.dataset.mark);
      if (answer.ok) marked = (await answer.json()).marked_at;
    } catch { /* the server is away: the page is shown from its top */ }
    show();
  };
  fit();
  if (picture.complete) find(); else picture.addEventListener("load", find);
  addEventListener("resize", fit);
  for (const button of sheet.parentElement.querySelectorAll("[data-zoom]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(sheet.classList.toggle("zoomed")));
      show();
    });
  }
}

// Leaving a form with words that were not saved asks first.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// A choice that narrows a list takes effect at once.
for (const field of document.querySelectorAll("form.filters select")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}
