// Signing out clears what is kept on this device. Whoever would lose something by it is asked first.

import { countOf, forget } from "../board/keeping.js";
import { ngettext } from "./words.js";

const LEFT = "fanguide:left"; // the account that has just signed out

const form = document.getElementById("logout-form");
form?.addEventListener("submit", (event) => {
  const { account } = form.dataset;
  const kept = countOf(account);
  const question = ngettext(
    "%(count)s text is not saved yet and will be deleted from this device. Log out all the same?",
    "%(count)s texts are not saved yet and will be deleted from this device. Log out all the same?",
    kept,
  );
  if (kept && !window.confirm(question)) return event.preventDefault();
  forget(account);
  sessionStorage.setItem(LEFT, account);
});
// A desk that is left keeps once more what it holds: hence again when the account is gone.
if (document.querySelector("[data-signed-out]") && sessionStorage.getItem(LEFT)) {
  forget(sessionStorage.getItem(LEFT));
  sessionStorage.removeItem(LEFT);
}
