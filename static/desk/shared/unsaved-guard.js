// What every page of the desk does for unsaved text. Signing out deletes the drafts on this device; a writer who would
// lose unsaved text by it is asked first. A form that the server has saved is forgotten; others are watched.

import { countDrafts, deleteDrafts, deleteSaved } from "./local-drafts.js";
import { ngettext } from "./i18n.js";

const SIGNED_OUT = "fanguide:signed-out"; // the account that has just signed out
const SAVED = "desk-saved-"; // cookies of articles/desk/site.py: the id of a form follows

const form = document.getElementById("logout-form");
form?.addEventListener("submit", (event) => {
  const { account } = form.dataset;
  const count = countDrafts(account);
  const question = ngettext(
    "%(count)s text is not saved yet and will be deleted from this device. Log out all the same?",
    "%(count)s texts are not saved yet and will be deleted from this device. Log out all the same?",
    count,
  );
  if (count && !window.confirm(question)) return event.preventDefault();
  deleteDrafts(account);
  sessionStorage.setItem(SIGNED_OUT, account);
});
// A desk that is left stores its drafts once more on the way out: hence a second deletion on the page after signing out.
if (document.querySelector("[data-signed-out]") && sessionStorage.getItem(SIGNED_OUT)) {
  deleteDrafts(sessionStorage.getItem(SIGNED_OUT));
  sessionStorage.removeItem(SIGNED_OUT);
}

const cookies = document.cookie.split(/;\s*/).filter((cookie) => cookie.startsWith(SAVED));
const names = cookies.map((cookie) => cookie.split("=")[0]);
if (form && names.length) deleteSaved(form.dataset.account, new Set(names.map((name) => name.slice(SAVED.length))));
for (const name of names) document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;

// The page may be an answer to a form. From here on it is an address like any other, to which one can come back.
history.replaceState(history.state, "", location.href);
// The desk of an article stores its parts by itself.
if (form && document.querySelector("#content form[method=post]") && !document.querySelector("[data-desk]")) {
  import("./form-drafts.js").catch(() => {}); // without a connection there is no page either
}
