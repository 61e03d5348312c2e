/* An address that names an answer opens its question, also where the browser does not do so by itself.
   A spoiler stays closed: the reader opens it, no address does. */
function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = named?.closest("details:not([open], .spoiler)");
  if (closed) {
    closed.open = true;
    named.scrollIntoView();
  }
}

addEventListener("hashchange", openNamed);
openNamed();
