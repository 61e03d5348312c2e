// Two texts of one part: both stand side by side with what differs marked (the marks come from the server), and the
// form below holds a third one, which its writer makes of them.

import { fill } from "./forms.js";
import { gettext } from "./words.js";

export function showConflict(part, { token, current, rows, sentence }) {
  part.form.querySelector("[data-conflict]")?.remove();
  const box = element("section", "stale errornote");
  box.dataset.conflict = "";
  box.tabIndex = -1;
  box.append(element("h3", "", sentence));
  box.append(
    element("p", "", gettext("Nothing is lost. Both texts stand here; the form below holds yours. Choose, or combine them.")),
  );
  for (const row of rows) box.append(both(part, row, current));
  const acts = element("div", "desk-acts");
  acts.append(
    button(gettext("Save what the form holds"), () => done()),
    button(gettext("Take all of theirs"), () => {
      fill(part.form, current);
      done();
    }),
  );
  box.append(acts);
  part.form.prepend(box);
  box.focus();

  function done() {
    box.remove();
    part.resolve(token);
    part.form.querySelector("input:not([type=hidden]), textarea")?.focus();
  }
}

function both(part, row, current) {
  const pair = element("div", "both");
  pair.setAttribute("role", "group");
  pair.setAttribute("aria-label", row.label);
  pair.append(element("p", "both-label", row.label));
  pair.append(side(gettext("stands there now"), row.old, "del"), side(gettext("what you wrote"), row.new, "ins"));
  const take = button(gettext("Take theirs: %(label)s", { label: row.label }), () => {
    fill(part.form, { [row.name]: current[row.name] });
    part.form.dispatchEvent(new Event("input", { bubbles: true }));
    take.disabled = true;
    take.textContent = gettext("Taken over into the form");
  });
  pair.append(take);
  return pair;
}

function side(name, runs, mark) {
  const box = element("div", "both-side");
  const text = element("p", "both-text");
  for (const run of runs) text.append(run.is_different ? element(mark, "", run.text) : run.text);
  if (!runs.length) text.append(element("span", "nothing", gettext("nothing")));
  box.append(element("p", "both-name", name), text);
  return box;
}

function button(words, act) {
  const made = element("button", "desk-button desk-button-quiet", words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function element(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}
