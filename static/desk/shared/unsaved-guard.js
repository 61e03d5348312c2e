// Signing out deletes the drafts on this device; a writer who would lose unsaved text by it is asked first.

import { countDrafts, deleteDrafts } from "./local-drafts.js";
import { ngettext } from "./i18n.js";

const SIGNED_OUT = "fanguide:signed-out"; // the account that has just signed out

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
