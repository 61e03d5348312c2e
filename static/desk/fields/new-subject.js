// A new subject in a dialog: the form of its page, sent by script; what it makes is chosen in the field beside the link.

import { clearErrors, focusOn, showErrors } from "./part-form.js";
import { announce } from "../shared/announce.js";
import { button, fireInput, freshId, make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";
import { post } from "../shared/server.js";

const NO_CONNECTION = gettext("There is no connection to the site. Nothing is lost: try it again in a moment.");

export async function openNewSubject(link) {
  const form = await formOf(link.href);
  if (!form) return announce(NO_CONNECTION);
  const id = freshId("new-subject");
  const status = make("p", { role: "status", class: "quiet" });
  const dialog = make("dialog", { class: "keys", "aria-labelledby": id, close: () => dialog.remove() });
  dialog.append(make("h2", { id }, link.textContent.replace("…", "").trim()), form, status);
  form.querySelector("[data-close]").replaceWith(button(gettext("Close"), () => dialog.close()));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await post(link.href, new URLSearchParams(new FormData(form)));
    clearErrors(form);
    if (answer.status === 200) {
      dialog.close();
      return choose(link, answer.body);
    }
    status.textContent = answer.body.sentence ?? NO_CONNECTION;
    if (!answer.body.errors) return;
    showErrors(form, answer.body.errors);
    focusOn(form, "wrong");
  });
  document.body.append(dialog);
  dialog.showModal();
  focusOn(form, "name");
}

async function formOf(url) {
  try {
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page.querySelector("[data-new-subject-form]");
    for (const element of form?.querySelectorAll("[id]") ?? []) {
      const own = freshId("new");
      form.querySelector(`label[for="${element.id}"]`)?.setAttribute("for", own);
      form.querySelector(`[aria-describedby="${element.id}"]`)?.setAttribute("aria-describedby", own);
      element.id = own;
    }
    return form;
  } catch {
    return null;
  }
}

function choose(link, { slug, name, note }) {
  const select = link.closest("form").elements.subject;
  if (![...select.options].some((option) => option.value === slug)) select.add(new Option(name, slug));
  select.value = slug;
  fireInput(select);
  select.dispatchEvent(new Event("change", { bubbles: true }));
  link.parentElement.querySelector("[role=status]")?.remove();
  link.after(make("span", { role: "status", class: "quiet" }, ` ${note}`));
  select.focus();
}
