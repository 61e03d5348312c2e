/* An address that names an answer opens its question, also where the browser does not do so by itself.
   A spoiler stays closed: the reader opens it, no address does. A fact that is not here any more has an address of its
   own, which knows where it is now. */
const moved = document.querySelector("[data-moved]");

function named() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // no text, so nobody's name
  }
}

function openNamed() {
  const name = named();
  const place = document.getElementById(name);
  const closed = place?.closest("details:not([open], .spoiler)");
  if (closed) {
    closed.open = true;
    place.scrollIntoView();
  }
  if (moved) tellWhere(place ? null : name.match(/^fact-([b-z2-9]{10})$/));
}

function tellWhere(gone) {
  moved.hidden = !gone;
  if (!gone) return;
  moved.querySelector("a").href = `${moved.dataset.moved}${gone[1]}/`;
  moved.scrollIntoView();
}

addEventListener("hashchange", openNamed);
addEventListener("pageshow", (event) => event.persisted && openNamed());
openNamed();
