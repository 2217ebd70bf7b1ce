// Comforts for those whose browser runs scripts. Every page does its work without them.
"use strict";

document.documentElement.classList.add("scripts");

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
  document.body.classList.toggle("keys", !off());
  if (switchOf) switchOf.textContent = off() ? "Switch the keys on" : "Switch the keys off";
};
if (switchOf) {
  switchOf.hidden = false;
  switchOf.addEventListener("click", () => { localStorage.setItem(KEYS_OFF, off() ? "no" : "yes"); showKeys(); });
}
showKeys();
// What has the focus comes first: every key where words are typed or chosen, Enter and the space bar on what is pressed.
const TYPED = "textarea, select, input:not([type=radio]):not([type=checkbox]), [contenteditable]";
const PRESSED = "a[href], button, summary";
const needed = (at, key) => at.closest(TYPED) || ((key === "Enter" || key === " ") && at.closest(PRESSED));
document.addEventListener("keydown", (event) => {
  // A key that is held down would decide one label after another.
  if (off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (needed(event.target, event.key)) return;
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

// Two choices that cannot be the same: the one that is named by the other gives way to it.
for (const second of document.querySelectorAll("select[data-gives-way-to]")) {
  for (const first of second.form.querySelectorAll(`[name="${second.dataset.givesWayTo}"]`)) {
    first.addEventListener("change", () => { if (second.value === first.value) second.value = ""; });
  }
}

// Back on a page, where the browser has put words into fields again: what holds them is opened.
const touched = (field) => {
  if (field.type === "password" || field.type === "hidden") return false;
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const options = [...field.options];
  return field.selectedIndex !== Math.max(0, options.findIndex((option) => option.defaultSelected));
};
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("details input, details select, details textarea")) {
    if (!touched(field)) continue;
    for (let at = field.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  }
});
