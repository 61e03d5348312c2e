/* Marks the fact that is being read in the list of contents, and keeps it in view there. */
const contents = document.querySelector("[data-contents]");

function mark(link) {
  contents.querySelector("[aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  if (contents.scrollHeight > contents.clientHeight) {
    contents.scrollTop = link.offsetTop - contents.clientHeight / 2;
  }
}

if (contents) {
  const links = new Map(Array.from(contents.querySelectorAll("a"), (link) => [link.hash.slice(1), link]));
  const observer = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => mark(links.get(entry.target.id))),
    { rootMargin: "-30% 0px -70% 0px" }, // a line at a third of the window: the fact that crosses it is being read
  );
  for (const id of links.keys()) {
    const target = document.getElementById(id);
    if (target) observer.observe(target);
  }
}
