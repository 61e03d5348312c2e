// Signing out clears what is kept on this device. Whoever would lose something by it is asked first.

import { countOf, forget } from "./keeping.js";
import { ngettext } from "./words.js";

const form = document.getElementById("logout-form");
if (form) {
  form.addEventListener("submit", (event) => {
    const kept = countOf(form.dataset.account);
    const question = ngettext(
      "%(count)s text is not saved yet and will be deleted from this device. Log out all the same?",
      "%(count)s texts are not saved yet and will be deleted from this device. Log out all the same?",
      kept,
    );
    if (kept && !window.confirm(question)) event.preventDefault();
    else forget(form.dataset.account);
  });
}
if (document.querySelector("[data-signed-out]")) forget();
