// Sends a form of comments and says at the form why it was not taken. What is written stays on this device until it is.

import { make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

/** The server's answer; null when it was refused, which the form says then. `fields`: in the place of the form's own. */
export async function sendForm(form, { threads, place, fields = () => new FormData(form) }) {
  if (form.ariaBusy === "true") return null;
  form.ariaBusy = "true";
  form.querySelector("[data-refused]")?.remove();
  form.draft?.store(); // before the network may go
  try {
    if (!(await threads.beforeSending({ place, act: form.dataset.act ?? "add" }))) {
      return refuse(form, gettext("The part is not saved yet. See to it first, then send this again."));
    }
    const { status, body } = await threads.send(form.action, new URLSearchParams(fields()));
    if (status === 200) {
      form.draft?.remove();
      return body;
    }
    return refuse(form, sentenceOf(status, body));
  } finally {
    form.ariaBusy = null;
  }
}

function sentenceOf(status, { sentence }) {
  if (sentence) return sentence;
  if (status === 0) return gettext("There is no connection. What you wrote is kept on this device: send it again in a moment.");
  return gettext("The site could not take this. What you wrote is kept on this device: send it again in a moment.");
}

function refuse(form, sentence) {
  form.prepend(make("p", { class: "errornote", role: "alert", "data-refused": true }, sentence));
  return null;
}
