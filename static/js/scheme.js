/* Light or dark, where the reader has chosen: stored on the device, applied before the first paint. No module, because a
   module waits until the page is read; so it reads the storage by itself. */
const root = document.documentElement;
const NAME = "fanguide:scheme";

function show() {
  try {
    root.dataset.scheme = localStorage.getItem(NAME) ?? "";
  } catch {
    return; // storage is forbidden: the device decides, and nothing is offered
  }
  const { scheme } = root.dataset;
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    meta.dataset.media ??= meta.media;
    meta.media = !scheme ? meta.dataset.media : meta.dataset.media.includes(scheme) ? "all" : "not all";
  }
  const choice = document.querySelector("[data-scheme-choice]");
  if (choice) choice.value = scheme;
}

show();
document.addEventListener("DOMContentLoaded", show);
addEventListener("storage", show); // chosen on another page
addEventListener("pageshow", (event) => event.persisted && show());
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-scheme-choice]")) return;
  if (target.value) localStorage.setItem(NAME, target.value);
  else localStorage.removeItem(NAME);
  show();
});
