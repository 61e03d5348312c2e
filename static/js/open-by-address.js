/* Opens the question that the address's fragment names, also in browsers that do not do so by themselves. A spoiler stays
   closed: only the reader opens it. A fact that is not in this article any more has an address of its own, which leads to
   where it is now. */
const movedNotice = document.querySelector("[data-moved]");

function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // badly encoded: it names nothing
  }
}

function openTarget() {
  const name = fragment();
  const place = document.getElementById(name);
  const closed = place?.closest("details:not([open], .spoiler)");
  if (closed) {
    closed.open = true;
    place.scrollIntoView();
  }
  if (movedNotice) showMovedNotice(place ? null : name.match(/^fact-([b-z2-9]{10})$/));
}

function showMovedNotice(gone) {
  movedNotice.hidden = !gone;
  if (!gone) return;
  movedNotice.querySelector("a").href = `${movedNotice.dataset.moved}${gone[1]}/`;
  movedNotice.scrollIntoView();
}

addEventListener("hashchange", openTarget);
addEventListener("pageshow", (event) => event.persisted && openTarget());
openTarget();
