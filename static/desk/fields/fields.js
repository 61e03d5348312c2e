// Progressive enhancement of form fields: Markdown, emoji, tags and sources, each marked by a data attribute.
// Large parts (the text field, the emoji) are loaded when they are first needed.

import { setUpChips } from "./chips.js";
import { announce } from "../shared/announce.js";
import { make } from "../shared/dom.js";
import { setLanguage } from "./language.js";
import { setUpMarkdown } from "./markdown.js";
import { setUpSources } from "./sources.js";
import { setUpSubjectSearch } from "./subject-search.js";
import { setUpTags } from "./tags.js";
import { gettext } from "../shared/i18n.js";

export { closeFields } from "./markdown.js";

const enhanced = new WeakSet();

/** Sets up each field in `root` once. context: { tagsUrl, importUrl, language }, by default the data attributes of the surrounding element. */
export function enhance(root, context = root.closest("[data-desk], [data-fields]")?.dataset ?? {}) {
  const each = (selector, setUp) => {
    for (const field of root.querySelectorAll(selector)) {
      if (!enhanced.has(field)) setUp(field, context);
      enhanced.add(field);
    }
  };
  if (context.language) setLanguage(root, context.language);
  each("textarea[data-markdown]", setUpMarkdown);
  each("input[data-emoji]", setUpEmoji);
  each("input[data-tags]", setUpTags);
  each("input[data-subject-search]", setUpSubjectSearch);
  each("a[data-new-subject]", setUpNewSubject);
  setUpSources(root);
  setUpChips(root);
}

// Without a connection, or with a key held down, it is a link to a page.
function setUpNewSubject(link) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    import("./new-subject.js").then(({ openNewSubject }) => openNewSubject(link), () => location.assign(link.href));
  });
}

function setUpEmoji(field) {
  const label = gettext("Choose an emoji");
  const failed = () => announce(gettext("No connection: type the emoji into the field."));
  const load = () => import("./emoji-picker.js");
  const click = () => load().then(({ openPicker }) => openPicker(field, button), failed);
  const focus = () => load().catch(() => {});
  const roles = { type: "button", "aria-label": label, title: label, "aria-haspopup": "dialog" };
  const button = make("button", { ...roles, class: "emoji-button", click, focus }, "☺");
  const row = make("span", { class: "emoji-field" });
  field.before(row);
  row.append(field, button);
}

document.querySelectorAll("[data-fields]").forEach((form) => enhance(form));
