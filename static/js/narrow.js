/* The fact index, narrowed in place: whatever is pressed is an address, and what does the work comes with the first press. */
const index = document.querySelector("[data-index]");
const narrowing = () => import("./later/narrowing.js");

index.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-key]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  narrowing().then(({ follow }) => follow(link.href, link.dataset.key), () => location.assign(link.href));
});

index.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-narrow]")) return;
  event.preventDefault();
  const fields = [...new FormData(event.target)].filter(([, value]) => value);
  const address = `${event.target.action}?${new URLSearchParams(fields)}`;
  narrowing().then(({ follow }) => follow(address, "words"), () => location.assign(address));
});

function showFinders() {
  for (const field of index.querySelectorAll("[data-find]")) field.hidden = false;
}

index.addEventListener("focusin", ({ target }) => target.matches("[data-find]") && narrowing().then(({ find }) => find(target)));
showFinders();
