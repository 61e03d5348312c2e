// The textarea stands in for the editor that took its place: it keeps the value for forms and drafts, and whoever reads
// it, fills it, selects in it or puts the focus into it reaches the editor instead. It tells of changes as ever, by
// `input` and `change`. Its label, description, language and states are the editor's.

const { get: readValue, set: writeValue } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
const MIRRORED = ["aria-describedby", "aria-invalid", "aria-label", "dir", "disabled", "lang", "placeholder", "readonly", "required"];
const STOOD_IN = ["value", "selectionStart", "selectionEnd", "focus", "replaceRange", "select", "setRangeText", "setSelectionRange"];

/** What the form sends for it. */
export const valueOf = (textarea) => readValue.call(textarea);

/** Keeps the editor's text in the textarea, where browsers know no line ends but LF. */
export function keepValue(textarea, text) {
  writeValue.call(textarea, text);
}

export const tell = (textarea, name) => textarea.dispatchEvent(new Event(name, { bubbles: true }));

/** Connects a textarea with a TextField. Gives what disconnects it. */
export function standIn(textarea, field) {
  textarea.hidden = true;
  Object.defineProperties(textarea, accessors(textarea, field));
  Object.assign(textarea, methods(field));
  const watching = new MutationObserver(() => field.refresh());
  watching.observe(textarea, { attributes: true, attributeFilter: MIRRORED });
  const disconnect = listen(textarea, field);
  return () => {
    watching.disconnect();
    disconnect();
    for (const name of STOOD_IN) delete textarea[name];
    Object.assign(textarea, { hidden: false, required: field.isRequired });
  };
}

function accessors(textarea, field) {
  const value = {
    get: () => valueOf(textarea),
    set(text) {
      const before = valueOf(textarea);
      writeValue.call(textarea, text);
      if (valueOf(textarea) !== before) field.receive(valueOf(textarea));
    },
  };
  const selectionStart = { get: () => field.selection.from, set: (from) => field.select(from, Math.max(from, field.selection.to)) };
  const selectionEnd = { get: () => field.selection.to, set: (to) => field.select(Math.min(field.selection.from, to), to) };
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

function listen(textarea, field) {
  const off = new AbortController();
  const on = (target, name, act, options) => target.addEventListener(name, act, { ...options, signal: off.signal });
  for (const label of textarea.labels) on(label, "click", () => field.focus());
  on(document, "reset", ({ target }) => {
    // The form's own values come after the event.
    if (target === textarea.form) setTimeout(() => field.receive(valueOf(textarea)));
  });
  const isMissing = ({ target, submitter }) =>
    field.isRequired && target === textarea.form && !target.noValidate && !submitter?.formNoValidate && !field.text.trim();
  const refuse = (event) => {
    if (!isMissing(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.missing();
  };
  on(document, "submit", refuse, { capture: true });
  return () => off.abort();
}

/** Attributes of the editor's own box; names and descriptions by id would stop at the shadow's edge. */
export function attributesOf(textarea, isRequired) {
  const { labels } = textarea;
  const name = textarea.getAttribute("aria-label") ?? labels[0]?.textContent.trim();
  const given = {
    "aria-label": name,
    "aria-invalid": textarea.getAttribute("aria-invalid"),
    "aria-required": isRequired ? "true" : null,
    "aria-disabled": textarea.matches(":disabled") ? "true" : null,
    "aria-description": "ariaDescribedByElements" in Element.prototype ? null : described(textarea).map((part) => part.textContent.trim()).join(" "),
    ...{ dir: textarea.getAttribute("dir"), lang: textarea.getAttribute("lang") },
    ...{ spellcheck: "true", autocorrect: "on", autocapitalize: "sentences", writingsuggestions: "true" },
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value));
}

/** Ties the editor to the elements that name and describe it, which crosses the edge. */
export function nameBy(textarea, box) {
  if (!("ariaLabelledByElements" in Element.prototype)) return;
  if (!textarea.hasAttribute("aria-label") && textarea.labels.length) box.ariaLabelledByElements = [...textarea.labels];
  box.ariaDescribedByElements = described(textarea);
}

function described(textarea) {
  const ids = (textarea.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
  return ids.map((id) => textarea.getRootNode().getElementById(id)).filter(Boolean);
}
