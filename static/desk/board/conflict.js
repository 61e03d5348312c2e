// A conflict: the server's text and the writer's stand side by side with their differences marked (by the server); the
// form below holds the writer's, to be combined by hand. Nothing is sent until the writer says so.

import { announce } from "../shared/announce.js";
import { button, fireInput, freshId, make } from "../shared/dom.js";
import { fill } from "../fields/part-form.js";
import { gettext } from "../shared/i18n.js";

export function showConflict(part, { token, current, rows, sentence }) {
  const { form } = part;
  const isWriting = form.contains(document.activeElement) && !document.activeElement.closest("[data-conflict]");
  form.querySelector("[data-conflict]")?.remove();
  const done = () => {
    box.remove();
    resolve(part, token);
    form.querySelector("input:not([type=hidden]), textarea, select").focus();
  };
  const useTheirs = () => {
    fill(form, current);
    done();
  };
  const id = freshId("conflict");
  const box = make(
    "section",
    { class: "stale errornote", "data-conflict": true, tabindex: -1, "aria-labelledby": id },
    make("h3", { id }, sentence),
    make("p", {}, gettext("Nothing is lost. Both versions are shown here; the form below holds yours. Choose one, or combine them.")),
    ...rows.map((row) => comparisonRow(form, row, current)),
    make(
      "div",
      { class: "desk-acts" },
      button(gettext("Save what the form holds"), done, "desk-button"),
      button(gettext("Take all of theirs"), useTheirs),
    ),
  );
  form.prepend(box);
  // A writer in mid-sentence keeps the focus; the status line leads here with its button.
  if (isWriting) announce(`${sentence} ${gettext("Both texts stand above the form.")}`);
  else box.focus();
}

/** The next save replaces the text that was shown, whatever the form holds. */
function resolve(part, token) {
  Object.assign(part, { token, baseline: null, isInConflict: false, isTouched: true });
  part.setState("writing", gettext("Not saved yet"));
  part.save();
}

function comparisonRow(form, { name, label, old, new: mine }, current) {
  const useTheirs = button(gettext("Take theirs: %(label)s", { label }), () => {
    fill(form, { [name]: current[name] });
    fireInput(form.querySelector(`[name="${name}"], [name^="${name}-"]`));
    useTheirs.setAttribute("aria-disabled", "true");
    useTheirs.textContent = gettext("Taken over into the form");
  });
  return make(
    "div",
    { class: "both", role: "group", "aria-label": label },
    make("p", { class: "both-label" }, label),
    column(gettext("saved version"), old, "del"),
    column(gettext("your version"), mine, "ins"),
    useTheirs,
  );
}

function column(name, runs, mark) {
  const text = runs.map((run) => (run.is_different ? make(mark, {}, run.text) : run.text));
  const nothing = make("span", { class: "nothing" }, gettext("nothing"));
  return make(
    "div",
    { class: "both-side" },
    make("p", { class: "both-name" }, name),
    make("p", { class: "both-text" }, ...(text.length ? text : [nothing])),
  );
}
