// The desk's text field: CodeMirror 6 in the place of a textarea, over the exact Markdown that is stored.
//
//   const field = await openTextField(textarea, options);   // of load-field.js; null without a connection
//   fieldOf(textarea)                                       // of load-field.js; undefined while it is a plain textarea
//
// The textarea stays in the form, hidden, and stands in for the editor (textarea-bridge.js): its `value` is what a form posts,
// `input` bubbles from it with each change, `change` when the field is left; `value = "…"` brings in a text from outside;
// `selectionStart`, `setSelectionRange`, `setRangeText` and `focus` reach the editor, and so does `replaceRange(from, to,
// text)`, which plain textareas have not: shared/dom.js may use it where it finds it. Label, aria-describedby,
// aria-invalid, lang, dir, placeholder, disabled, readonly and required are read from it and followed. The events of a
// composition bubble from the host, which is the next element and has `data-text-field`.
//
// options, all optional:
//   text                     the exact text, where it has line ends that a textarea cannot hold
//   paste(textarea, { text, html })   what to do with pasted words (fields/paste.js); `html` is "" if bare words are wanted
//   files(field, files)      pictures that were pasted or dropped, the caret being where they belong
//   picture(address)         what `![…](address)` shows: { src, width, height, alt }, null for what is not ours, or a promise
//   link(field)              asks for the address of a link, on Ctrl+K; without it the address is written into the text
//   count({ words, characters, selection })    called soon after a change of the text or the selection
//   select({ from, to, ranges })               called when the caret moves; `ranges` are the ids that it touches
//   ranges({ gone, back })   ids of ranges whose words were deleted, or came back by undo
//   sheets                   more constructed style sheets, for the looks of ranges
//
// On the field: see TextField. Offsets are UTF-16 units of `field.text` (ranges.js has the way to Python's and back).
// A toolbar calls `field.run("bold")`: the names are in commands.js. Looks of ranges that have a style: comment,
// suggestion, claim, placeholder, spoiler, found (styles.js).
//
// What scripts outside have to know: `document.activeElement` is the host; typed letters do not leave it as keydown, but
// Escape and shortcuts do, with `defaultPrevented` if the field has used them. Only the lines near the window are in
// the page. A field whose form is thrown away wants `destroy()`.

import {
  Compartment,
  EditorSelection,
  EditorState,
  EditorView,
  highlightSpecialChars,
  history,
  historyKeymap,
  keymap,
  placeholder,
  redo,
  standardKeymap,
  undo,
} from "../vendor/codemirror.js";
import { make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";
import { remoteChanges, isRemote } from "./remote-changes.js";
import { clipboardHandlers } from "./clipboard.js";
import { COMMANDS, commandKeys, browserFormat } from "./commands.js";
import { countWords } from "./word-count.js";
import { dialect } from "./dialect.js";
import { linkAt } from "./inline-marks.js";
import { styleSheet } from "./styles.js";
import { markdownDecorations } from "./decorations.js";
import { isProblem, problemsAt, showProblems } from "./problems.js";
import { addEffects, removeEffects, rangeSupport, rangesAt, rangesIn } from "./ranges.js";
import { attributesOf, setFormValue, applyNames, connectTextarea, fireEvent, formValue } from "./textarea-bridge.js";

const COUNT_DELAY = 250; // milliseconds after the last key

export const mountTextField = (textarea, options) => new TextField(textarea, options);

export class TextField {
  states = new Compartment();
  isRequired = false;
  isChanged = false; // since the focus came

  constructor(textarea, options = {}) {
    Object.assign(this, { textarea, options });
    const hadFocus = document.activeElement === textarea;
    const { selectionStart: anchor, selectionEnd: head } = textarea;
    this.host = make("div", { class: "text-field", "data-text-field": true });
    textarea.after(this.host);
    const root = this.host.attachShadow({ mode: "open" });
    this.view = new EditorView({ root, parent: root, state: this.createState(options.text ?? formValue(textarea)) });
    root.adoptedStyleSheets.push(styleSheet(), ...(options.sheets ?? []));
    this.note = make("p", { class: "note", role: "status" });
    root.append(this.note);
    if (options.text !== undefined) setFormValue(textarea, options.text);
    this.disconnect = connectTextarea(textarea, this);
    this.refresh();
    this.addListeners();
    if (hadFocus) this.focus({ anchor, head });
  }

  createState(doc) {
    this.remote = remoteChanges(() => fireEvent(this.textarea, "input"));
    return EditorState.create({
      doc,
      extensions: [
        EditorState.lineSeparator.of("\n"), // or CR would be lost
        EditorState.phrases.of({
          "Control character": gettext("Invisible character"),
          "Selection deleted": gettext("Selection deleted"),
        }),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.scrollMargins.of(scrollPadding),
        EditorView.domEventHandlers({ beforeinput: browserFormat, ...clipboardHandlers(this) }),
        EditorView.updateListener.of((update) => this.onUpdate(update)),
        [history(), commandKeys(this.dialogs()), keymap.of([...historyKeymap, ...standardKeymap])],
        [dialect, markdownDecorations(this.options.picture), highlightSpecialChars()],
        [rangeSupport((change) => this.options.ranges?.(change)), this.remote],
        this.states.of([]),
      ],
    });
  }

  // Commands that ask before they act.
  dialogs() {
    const { link } = this.options;
    return link ? { link: () => link(this) } : {};
  }

  addListeners() {
    const { host } = this;
    // The textarea tells of changes when they are done; of typed letters the page's shortcuts of one key know nothing.
    host.addEventListener("input", (event) => event.stopPropagation());
    host.addEventListener("keydown", (event) => {
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    });
    host.addEventListener("focusin", () => (this.isChanged = false));
    host.addEventListener("focusout", () => this.isChanged && fireEvent(this.textarea, "change"));
  }

  // --- the text --------------------------------------------------------------------------------------------------------

  /** Exactly what is stored, line ends included. */
  get text() {
    return this.view.state.sliceDoc();
  }

  /** Brings in a text from outside, which differs from `base` (by default, from what stands here): see remote-changes.js. */
  receive(text, base) {
    this.view.plugin(this.remote).receive(text, base);
    setFormValue(this.textarea, this.text); // what had to wait is not there yet
  }

  /** Puts `text` in the place of a range, as one step of the undo history, and the caret behind it. */
  replace(from, to, text) {
    if (this.view.state.readOnly) return;
    const selection = EditorSelection.cursor(from + text.length);
    this.view.dispatch({
      changes: { from, to, insert: text },
      selection,
      scrollIntoView: true,
      userEvent: "input.paste",
    });
  }

  get selection() {
    const { from, to } = this.view.state.selection.main;
    return { from, to };
  }

  select(from, to = from) {
    const within = (place) => Math.max(0, Math.min(place, this.view.state.doc.length));
    this.view.dispatch({ selection: EditorSelection.single(within(from), within(to)) });
  }

  focus({ anchor, head } = {}) {
    if (anchor !== undefined) this.select(anchor, head);
    this.view.focus();
    this.view.dispatch({ scrollIntoView: true });
  }

  /** Carries out a command by its name in COMMANDS, and goes back to writing. */
  run(name, values) {
    this.view.focus();
    return !this.view.state.readOnly && COMMANDS[name](this.view, values);
  }

  /** The link at the caret or around the selection, else what would be its words: { words, address, isLink }. */
  link() {
    return linkAt(this.view.state);
  }

  undo() {
    return undo(this.view);
  }

  redo() {
    return redo(this.view);
  }

  count() {
    return countWords(this.view.state);
  }

  // --- ranges ----------------------------------------------------------------------------------------------------------

  /** Ties `data` to words. A range with the same id is replaced; `className` is a class (styles.js) or several. */
  addRange(id, from, to, className, data = null) {
    this.addRanges([{ id, from, to, className, data }]);
  }

  addRanges(ranges) {
    this.view.dispatch({ effects: addEffects(this.view.state, ranges) });
  }

  /** Takes ranges away for good: undo does not bring them back. */
  removeRanges(...ids) {
    this.view.dispatch({ effects: removeEffects(ids) });
  }

  /** As they stand now: [{ id, from, to, className, data, words, isGone }]. */
  ranges() {
    return rangesIn(this.view.state).filter((range) => !isProblem(range));
  }

  /** Underlines these problems and no others: [{ from, to, words: the sentence, isAdvice }]. */
  showProblems(problems) {
    showProblems(this.view, problems);
  }

  // --- what the textarea says ------------------------------------------------------------------------------------------

  /** Takes over what the textarea's attributes say. A change of them is noticed; a fieldset's `disabled` is not. */
  refresh() {
    const { textarea, view } = this;
    this.isRequired ||= textarea.required;
    textarea.required = false; // the browser would hold the form back, and have nothing to point at
    const isOff = textarea.matches(":disabled");
    const states = [
      EditorView.contentAttributes.of(attributesOf(textarea, this.isRequired)),
      EditorView.editable.of(!isOff),
      EditorState.readOnly.of(isOff || textarea.readOnly),
      textarea.placeholder ? placeholder(textarea.placeholder) : [],
    ];
    view.dispatch({ effects: this.states.reconfigure(states) });
    applyNames(textarea, view.contentDOM);
    this.host.toggleAttribute("data-off", isOff);
    this.host.toggleAttribute("data-invalid", textarea.getAttribute("aria-invalid") === "true");
  }

  /** The form cannot be sent without a text. */
  reportMissing() {
    this.focus();
    this.note.textContent = gettext("Write something here first.");
  }

  onUpdate(update) {
    const { docChanged, selectionSet, state, transactions } = update;
    if (docChanged) setFormValue(this.textarea, state.sliceDoc());
    if (docChanged && !transactions.every(isRemote)) {
      this.isChanged = true;
      fireEvent(this.textarea, "input");
    }
    const hasMoved = docChanged || selectionSet;
    if (hasMoved) this.scheduleCount();
    if (hasMoved || transactions.some(({ effects }) => effects.length)) this.reportCursor(state);
  }

  scheduleCount() {
    if (!this.options.count) return;
    clearTimeout(this.countTimer);
    this.countTimer = setTimeout(() => this.options.count(this.count()), COUNT_DELAY);
  }

  reportCursor(state) {
    const words = problemsAt(state).join(" ");
    if (this.note.textContent !== words) this.note.textContent = words;
    if (!this.options.select) return;
    const { from, to } = state.selection.main;
    const ranges = rangesAt(state, from, to)
      .filter((range) => !isProblem(range))
      .map(({ id }) => id);
    this.options.select({ from, to, ranges });
  }

  /** Gives the textarea its place back. */
  destroy() {
    clearTimeout(this.countTimer);
    this.disconnect();
    this.view.destroy();
    this.host.remove();
    this.options.ended?.();
  }
}

// What sticks to the window's edges hides what is scrolled there; the page says so by its scroll padding.
function scrollPadding() {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  return { top: Number.parseFloat(scrollPaddingTop) || 0, bottom: Number.parseFloat(scrollPaddingBottom) || 0 };
}
