// Progressive enhancement of form fields: Markdown, emoji, tags and sources, each marked by a data attribute.
// Large parts (reading foreign HTML, the emoji) are loaded when they are first needed.

import { setUpChips } from "./chips.js";
import { announce } from "../shared/announce.js";
import { make } from "../shared/dom.js";
import { insertMarkdown, setUpMarkdown } from "./markdown.js";
import { isPressed } from "../shared/shortcuts.js";
import { setUpSources } from "./sources.js";
import { setUpTags } from "./tags.js";
import { gettext } from "../shared/i18n.js";

const enhanced = new WeakSet();

/** Sets up each field in `root` once. context: { tagsUrl, importUrl }, by default the data attributes of the surrounding element. */
export function enhance(root, context = root.closest("[data-desk], [data-fields]")?.dataset ?? {}) {
  const each = (selector, ...setUps) => {
    for (const field of root.querySelectorAll(selector)) {
      if (!enhanced.has(field)) for (const setUp of setUps) setUp(field, context);
      enhanced.add(field);
    }
  };
  each("textarea[data-markdown]", setUpMarkdown, setUpPaste);
  each("input[data-emoji]", setUpEmoji);
  each("input[data-tags]", setUpTags);
  setUpSources(root);
  setUpChips(root);
}

function setUpPaste(field, context) {
  let isPlain = false;
  const load = () => import("./paste.js");
  field.addEventListener("focus", () => load().catch(() => {}), { once: true });
  field.addEventListener("keydown", (event) => {
    isPlain = isPressed(event, "Mod+Shift+V");
  });
  field.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    const text = data.getData("text/plain").replace(/\r\n?/g, "\n");
    // An editor for code holds Markdown or plain text; its HTML is only its colours.
    const html = isPlain || data.types.includes("vscode-editor-data") ? "" : data.getData("text/html");
    if (!text && !html) return;
    event.preventDefault();
    const asText = () => () => insertMarkdown(field, text); // there is no connection
    load()
      .then(({ paste }) => paste, asText)
      .then((insert) => insert(field, { text, html }, context));
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
