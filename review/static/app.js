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
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change"));
  });
}

// Too many files are said before they are sent.
for (const field of document.querySelectorAll("input[data-most]")) {
  field.addEventListener("change", () => {
    const [chosen, most] = [field.files.length, Number(field.dataset.most)];
    field.setCustomValidity(chosen > most ? `You chose ${chosen} files; at most ${most} can be sent at once. Choose fewer, and send the others after them.` : "");
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

// A page of a report, larger and back.
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const sheet = document.querySelector(".sheet");
    const large = sheet.classList.toggle("zoomed");
    button.setAttribute("aria-pressed", String(large));
  });
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
