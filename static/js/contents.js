/* Marks the fact that is being read in the list of contents, and keeps it in view there. While that list is out of sight, a
   bar at the window's edge says where the reader is, opens the list again, and leads to the top. */
const contents = document.querySelector("[data-contents]");
const bar = document.querySelector("[data-place]");

function mark(link) {
  contents.querySelector("[aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  if (contents.scrollHeight > contents.clientHeight) {
    contents.scrollTop = link.offsetTop - contents.clientHeight / 2;
  }
  showPlace();
}

function showPlace() {
  const link = contents.querySelector("[aria-current]");
  if (!link) return;
  const at = String([...contents.querySelectorAll("a")].indexOf(link) + 1);
  const number = link.querySelector(".contents-number")?.textContent ?? at;
  const title = link.querySelector("[data-title]"); // not that of the questions, which are none of the facts
  const now = bar.querySelector("[data-now]");
  now.hidden = !title;
  now.textContent = now.dataset.now.replace("#", at);
  const words = (title ?? link).textContent;
  bar.querySelector("[data-now-title]").textContent = number === at ? words : `${number} ${words}`; // a countdown's
}

/** Where the list stands beside the facts its line is not shown, and the bar never is. */
function followContents() {
  const line = contents.querySelector("summary");
  const panel = bar.querySelector("[popover]");
  new IntersectionObserver(([entry]) => (bar.hidden = entry.isIntersecting || !line.checkVisibility()), {
    rootMargin: "0px 0px 1000000px 0px", // all that lies below counts as in sight
  }).observe(line);
  new MutationObserver(showPlace).observe(contents, { subtree: true, childList: true }); // seen.js closes what it names
  panel.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") panel.replaceChildren(contents.querySelector("ol").cloneNode(true));
  });
  panel.addEventListener("click", ({ target }) => target.closest("a") && panel.hidePopover());
  bar.querySelector("[data-top]").addEventListener("click", () => {
    scrollTo(0, 0);
    document.getElementById("main").focus({ preventScroll: true });
  });
}

if (contents) {
  const links = new Map();
  const observer = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => mark(links.get(entry.target))),
    { rootMargin: "-30% 0px -70% 0px" }, // a line at a third of the window: the fact that crosses it is being read
  );
  for (const link of contents.querySelectorAll("a")) {
    const part = document.getElementById(link.hash.slice(1))?.closest(".card, section");
    if (!part) continue;
    links.set(part, link);
    observer.observe(part);
  }
  followContents();
}
