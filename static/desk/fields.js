// The tools of all fields inside an element: bodies in Markdown, emoji, tags, sources. Each is marked by an attribute.

import { setUpEmoji } from "./emoji.js";
import { setUpMarkdown } from "./markdown.js";
import { setUpPaste } from "./paste.js";
import { setUpSources } from "./sources.js";
import { setUpTags } from "./tags.js";

const done = new WeakSet();

/** Sets up each field in `root` once. context: { tagsUrl, importUrl }, by default the data of what stands around it. */
export function enhance(root, context = root.closest("[data-desk], [data-fields]")?.dataset ?? {}) {
  const each = (selector, ...acts) => {
    for (const field of root.querySelectorAll(selector)) {
      if (!done.has(field)) for (const act of acts) act(field, context);
      done.add(field);
    }
  };
  each("textarea[data-markdown]", setUpMarkdown, setUpPaste);
  each("input[data-emoji]", setUpEmoji);
  each("input[data-tags]", setUpTags);
  setUpSources(root);
}

document.querySelectorAll("[data-fields]").forEach((form) => enhance(form));
