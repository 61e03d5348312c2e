// Says something to those who listen to the page instead of looking at it. The region stands in the page from the start:
// one that is added together with its words is often passed over.

const region = document.querySelector("[data-announce]");

export function announce(text) {
  if (!region) return;
  region.textContent = "";
  // The same sentence twice is only said twice when the region was empty in between.
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
