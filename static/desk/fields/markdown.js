// The text field of a body: when a body comes into view, the editor is fetched and takes the textarea's place, with a
// toolbar above and a count below. Without a connection the textarea stays as it is, and the next focus tries again.

import { make, replaceRange } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";
import { formatKeys, openHelp } from "../shared/shortcuts.js";
import { lookUpPicture } from "../library/picture-lookup.js";
import { fieldOf, openTextField } from "../text/load-field.js";
import { TOOLS } from "../text/tools.js";
import { insertMarkdown } from "./insert.js";

const AHEAD = "400px"; // below the window
const pictures = document.querySelector("dialog[data-pictures]"); // not there for those who may not see the library

const observer = new IntersectionObserver(
  (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && open(target)),
  { rootMargin: `0px 0px ${AHEAD}` },
);
const contexts = new WeakMap(); // of the textareas that may become fields
const opening = new WeakSet();
const composing = new WeakSet();

/** context: { importUrl } for paste.js. */
export function setUpMarkdown(textarea, context) {
  contexts.set(textarea, context);
  observer.observe(textarea);
  textarea.addEventListener("focus", () => open(textarea));
  textarea.addEventListener("compositionstart", () => composing.add(textarea));
  textarea.addEventListener("compositionend", () => {
    composing.delete(textarea);
    setTimeout(() => open(textarea)); // when what was composed stands in the text
  });
}

/** Gives up the editors of a form that is thrown away. */
export function closeFields(form) {
  for (const textarea of form.querySelectorAll("textarea[data-markdown]")) {
    observer.unobserve(textarea);
    contexts.delete(textarea); // an editor that is on its way does not come any more
    fieldOf(textarea)?.destroy();
  }
}

async function open(textarea) {
  if (fieldOf(textarea) || opening.has(textarea)) return;
  opening.add(textarea);
  const line = make("p", { class: "help text-count" });
  const field = await openTextField(textarea, optionsOf(textarea, line));
  opening.delete(textarea);
  if (!field) return;
  observer.unobserve(textarea);
  textarea.before(toolbar(field));
  field.host.after(line);
  showCount(textarea, line, field.count());
  tell(textarea, "desk:field", { field });
}

function optionsOf(textarea, line) {
  const canUpload = pictures?.querySelector("[data-upload-url]");
  return {
    isWanted: () => contexts.has(textarea) && textarea.isConnected && !composing.has(textarea),
    paste,
    link: askForLink,
    picture: lookUpPicture,
    files: canUpload ? (field, files) => askForPicture(field, files) : undefined,
    count: (count) => showCount(textarea, line, count),
    select: (place) => tell(textarea, "desk:select", place),
    ranges: (change) => tell(textarea, "desk:ranges", change),
  };
}

/** For scripts that tie something to words, such as ../comments/board.js. */
const tell = (textarea, name, detail) => textarea.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));

// --- what the field asks for -----------------------------------------------------------------------------------------

function paste(textarea, clip) {
  const asText = () => () => insertMarkdown(textarea, clip.text); // there is no connection
  import("./paste.js").then((module) => module.paste, asText).then((insert) => insert(textarea, clip, contexts.get(textarea)));
}

function askForPicture({ textarea }, files = []) {
  const insert = (markdown) => {
    insertMarkdown(textarea, markdown);
    goBelow(textarea);
  };
  textarea.dispatchEvent(new CustomEvent("desk:picture", { bubbles: true, detail: { insert, files } }));
}

// From the end of a block to the paragraph below it, which is made if there is none.
function goBelow(textarea) {
  const { selectionEnd: end, value } = textarea;
  if (value[end - 1] === "\n") return;
  const lines = Math.min(2, /^\n*/.exec(value.slice(end))[0].length);
  replaceRange(textarea, end + lines, end + lines, "\n".repeat(2 - lines));
}

function askForLink(field) {
  const asText = () => ({ openLinkDialog: () => field.run("link") }); // there is no connection
  import("./link-dialog.js").catch(asText).then(({ openLinkDialog }) => openLinkDialog(field));
}

// --- around the field ------------------------------------------------------------------------------------------------

// The house's range (FANGUIDE_WORDS_PER_FACT) stands beside the count, and catches the eye when the text is outside of it.
function showCount(textarea, line, count) {
  const [least, most] = (textarea.dataset.wordsWanted ?? "").split("-").map(Number);
  const isOutside = count.words > 0 && (count.words < least || count.words > most);
  const wanted = most ? ` · ${gettext("%(least)s to %(most)s words are wanted", { least, most })}` : "";
  line.textContent = countWords(count) + wanted;
  line.classList.toggle("is-outside", isOutside);
}

function countWords({ words, characters, selection }) {
  if (selection) return gettext("Selected: %(count)s", { count: countOf(selection) });
  return countOf({ words, characters });
}

const countOf = ({ words, characters }) =>
  [
    ngettext("%(count)s word", "%(count)s words", words),
    ngettext("%(count)s character", "%(count)s characters", characters),
  ].join(", ");

function toolbar(field) {
  const { textarea } = field;
  const acts = [
    ...TOOLS.map((tool) => ({ ...tool, click: () => (tool.name === "link" ? askForLink(field) : field.run(tool.name)) })),
    ...(textarea.closest("[data-desk]") ? [{ words: gettext("Comment"), keys: "Mod+Alt+M", click: () => tell(textarea, "desk:comment", {}) }] : []),
    ...(pictures ? [{ words: gettext("Picture"), click: () => askForPicture(field) }] : []),
    { words: gettext("Keyboard shortcuts"), sign: "?", click: openHelp },
  ];
  const buttons = acts.map(({ keys, words, sign, click }, index) => {
    const title = keys ? `${words} (${formatKeys(keys)})` : words;
    const button = make("button", { type: "button", class: "tool", title, click }, sign ?? words);
    button.tabIndex = index ? -1 : 0;
    button.ariaLabel = words;
    return button;
  });
  const keydown = (event) => {
    const place = buttons.indexOf(event.target);
    const wanted = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    buttons.at(wanted % buttons.length).focus();
  };
  const focusin = (event) => buttons.forEach((button) => (button.tabIndex = button === event.target ? 0 : -1));
  const names = { role: "toolbar", class: "tools", "aria-label": gettext("Formatting") };
  return make("div", { ...names, keydown, focusin }, ...buttons);
}
