// Two texts of one part: both stand side by side with what differs marked (the marks come from the server), and the
// form below holds a third one, which its writer makes of them. Nothing is sent until they say so.

import { announce } from "../shared/announce.js";
import { button, changed, freshId, make } from "../shared/dom.js";
import { fill } from "../fields/forms.js";
import { gettext } from "../shared/words.js";

export function showConflict(part, { token, current, rows, sentence }) {
  const { form } = part;
  const isWriting = form.contains(document.activeElement) && !document.activeElement.closest("[data-conflict]");
  form.querySelector("[data-conflict]")?.remove();
  const done = () => {
    box.remove();
    part.resolve(token);
    form.querySelector("input:not([type=hidden]), textarea, select").focus();
  };
  const takeAll = () => {
    fill(form, current);
    done();
  };
  const id = freshId("conflict");
  const box = make(
    "section",
    { class: "stale errornote", "data-conflict": true, tabindex: -1, "aria-labelledby": id },
    make("h3", { id }, sentence),
    make("p", {}, gettext("Nothing is lost. Both texts stand here; the form below holds yours. Choose, or combine them.")),
    ...rows.map((row) => both(form, row, current)),
    make(
      "div",
      { class: "desk-acts" },
      button(gettext("Save what the form holds"), done, "desk-button"),
      button(gettext("Take all of theirs"), takeAll),
    ),
  );
  form.prepend(box);
  // Whoever is in mid-sentence goes on writing: the line on top leads here.
  if (isWriting) announce(`${sentence} ${gettext("Both texts stand above the form.")}`);
  else box.focus();
}

function both(form, { name, label, old, new: mine }, current) {
  const take = button(gettext("Take theirs: %(label)s", { label }), () => {
    fill(form, { [name]: current[name] });
    changed(form.querySelector(`[name="${name}"], [name^="${name}-"]`));
    take.setAttribute("aria-disabled", "true");
    take.textContent = gettext("Taken over into the form");
  });
  return make(
    "div",
    { class: "both", role: "group", "aria-label": label },
    make("p", { class: "both-label" }, label),
    side(gettext("stands there now"), old, "del"),
    side(gettext("what you wrote"), mine, "ins"),
    take,
  );
}

function side(name, runs, mark) {
  const text = runs.map((run) => (run.is_different ? make(mark, {}, run.text) : run.text));
  const nothing = make("span", { class: "nothing" }, gettext("nothing"));
  return make(
    "div",
    { class: "both-side" },
    make("p", { class: "both-name" }, name),
    make("p", { class: "both-text" }, ...(text.length ? text : [nothing])),
  );
}
