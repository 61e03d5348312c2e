// The textarea stands in for the editor that took its place: it keeps the value for forms and drafts, and whoever reads
// it, fills it, selects in it or puts the focus into it reaches the editor instead. It tells of changes as ever, by
// `input` and `change`. Its label, description, language and states are the editor's.

const { get: readValue, set: writeValue } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
const OBSERVED = [
  "aria-describedby",
  "aria-invalid",
  "aria-label",
  "dir",
  "disabled",
  "lang",
  "placeholder",
  "readonly",
  "required",
];
const OVERRIDDEN = [
  "value",
  "selectionStart",
  "selectionEnd",
  "focus",
  "replaceRange",
  "select",
  "setRangeText",
  "setSelectionRange",
];

/** What the form sends for it. */
export const formValue = (textarea) => readValue.call(textarea);

/** Keeps the editor's text in the textarea, where browsers know no line ends but LF. */
export function setFormValue(textarea, text) {
  writeValue.call(textarea, text);
}

export const fireEvent = (textarea, name) => textarea.dispatchEvent(new Event(name, { bubbles: true }));

/** Connects a textarea with a TextField. Gives what disconnects it. */
export function connectTextarea(textarea, field) {
  textarea.hidden = true;
  Object.defineProperties(textarea, accessors(textarea, field));
  Object.assign(textarea, methods(field));
  const observer = new MutationObserver(() => field.refresh());
  observer.observe(textarea, { attributes: true, attributeFilter: OBSERVED });
  const disconnect = addListeners(textarea, field);
  return () => {
    observer.disconnect();
    disconnect();
    for (const name of OVERRIDDEN) delete textarea[name];
    Object.assign(textarea, { hidden: false, required: field.isRequired });
  };
}

function accessors(textarea, field) {
  const value = {
    get: () => formValue(textarea),
    set(text) {
      const before = formValue(textarea);
      writeValue.call(textarea, text);
      if (formValue(textarea) !== before) field.receive(formValue(textarea));
    },
  };
  const selectionStart = {
    get: () => field.selection.from,
    set: (from) => field.select(from, Math.max(from, field.selection.to)),
  };
  const selectionEnd = {
    get: () => field.selection.to,
    set: (to) => field.select(Math.min(field.selection.from, to), to),
  };
  const each = Object.entries({ value, selectionStart, selectionEnd });
  return Object.fromEntries(each.map(([name, pair]) => [name, { ...pair, configurable: true }]));
}

const methods = (field) => ({
  focus: () => field.focus(),
  replaceRange(from, to, text) {
    field.replace(from, to, text);
    field.focus();
  },
  select: () => field.select(0, field.text.length),
  setSelectionRange: (from, to) => field.select(from, to),
  setRangeText: (text, from = field.selection.from, to = field.selection.to) => field.replace(from, to, text),
});

function addListeners(textarea, field) {
  const off = new AbortController();
  const on = (target, name, act, options) => target.addEventListener(name, act, { ...options, signal: off.signal });
  for (const label of textarea.labels) on(label, "click", () => field.focus());
  on(document, "reset", ({ target }) => {
    // The form's own values come after the event.
    if (target === textarea.form) setTimeout(() => field.receive(formValue(textarea)));
  });
  const isEmptyAndRequired = ({ target, submitter }) =>
    field.isRequired &&
    target === textarea.form &&
    !target.noValidate &&
    !submitter?.formNoValidate &&
    !field.text.trim();
  const refuseEmpty = (event) => {
    if (!isEmptyAndRequired(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.reportMissing();
  };
  on(document, "submit", refuseEmpty, { capture: true });
  return () => off.abort();
}

/** Attributes of the editor's own box; names and descriptions by id would stop at the shadow's edge. */
export function attributesOf(textarea, isRequired) {
  const { labels } = textarea;
  const name = textarea.getAttribute("aria-label") ?? labels[0]?.textContent.trim();
  const attributes = {
    "aria-label": name,
    "aria-invalid": textarea.getAttribute("aria-invalid"),
    "aria-required": isRequired ? "true" : null,
    "aria-disabled": textarea.matches(":disabled") ? "true" : null,
    "aria-description":
      "ariaDescribedByElements" in Element.prototype
        ? null
        : descriptions(textarea)
            .map((part) => part.textContent.trim())
            .join(" "),
    ...{ dir: textarea.getAttribute("dir"), lang: textarea.getAttribute("lang") },
    ...{ spellcheck: "true", autocorrect: "on", autocapitalize: "sentences", writingsuggestions: "true" },
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value));
}

/** Ties the editor to the elements that name and describe it, which crosses the edge. */
export function applyNames(textarea, box) {
  if (!("ariaLabelledByElements" in Element.prototype)) return;
  if (!textarea.hasAttribute("aria-label") && textarea.labels.length) box.ariaLabelledByElements = [...textarea.labels];
  box.ariaDescribedByElements = descriptions(textarea);
}

function descriptions(textarea) {
  const ids = (textarea.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
  return ids.map((id) => textarea.getRootNode().getElementById(id)).filter(Boolean);
}
