/* The search field: "/" focuses it, and suggestions are loaded when it is used. */
const field = document.querySelector("[data-search]");

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  field.focus();
  field.select();
});

field?.addEventListener("input", () => import("./later/suggest.js").then(({ suggest }) => suggest(field)), { once: true });
