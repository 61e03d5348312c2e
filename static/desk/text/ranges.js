// Ranges of words that carry something: a comment, a suggestion, a claim, a note to oneself, a problem. They survive the
// edits around them. One whose words are deleted is gone, and comes back when the deletion is undone.
//
// What is typed at either end of a range does not belong to it. Offsets are UTF-16 units of the text, as JavaScript
// counts them; shared/code-points.js turns them into Python's and back.

import { Decoration, EditorView, StateEffect, StateField, invertedEffects } from "../vendor/codemirror.js";

const GONE = { from: -1, to: -1 };
const isGone = ({ from }) => from < 0;

function mapRange(range, changes) {
  if (isGone(range)) return range;
  let isReplaced = false; // by other words, which are not what the range was about
  changes.iterChangedRanges((start, end) => (isReplaced ||= start <= range.from && end >= range.to));
  if (isReplaced) return { ...range, ...GONE };
  const [from, to] = [changes.mapPos(range.from, 1), changes.mapPos(range.to, -1)];
  return { ...range, ...(from < to ? { from, to } : GONE) };
}

const setRange = StateEffect.define({ map: mapRange });
const restoreRange = StateEffect.define({ map: mapRange }); // undo puts a range where it was, if it is still wanted
const removeRange = StateEffect.define();

function updateRanges(ranges, transaction) {
  const { changes, docChanged, effects } = transaction;
  const isOurs = (effect) => [setRange, restoreRange, removeRange].some((kind) => effect.is(kind));
  if (!docChanged && !effects.some(isOurs)) return ranges;
  const next = new Map(docChanged ? [...ranges].map(([id, range]) => [id, mapRange(range, changes)]) : ranges);
  for (const effect of effects) {
    if (effect.is(setRange)) next.set(effect.value.id, effect.value);
    else if (effect.is(removeRange)) next.delete(effect.value);
    else if (effect.is(restoreRange) && next.has(effect.value.id)) {
      const { id, from, to } = effect.value;
      next.set(id, { ...next.get(id), from, to });
    }
  }
  return next;
}

function rangeDecorations(ranges) {
  const marks = [...ranges.values()]
    .filter((range) => !isGone(range))
    .map(({ id, from, to, className, title }) => {
      const attributes = title ? { title, "data-range": id } : { "data-range": id };
      return Decoration.mark({ class: `range ${className}`, attributes }).range(from, to);
    });
  return Decoration.set(marks, true);
}

const field = StateField.define({
  create: () => new Map(),
  update: updateRanges,
  provide: (own) => EditorView.decorations.from(own, rangeDecorations),
});

// What a change deletes of a range: with the words its undoing brings the range's ends back.
function restoreEffects(transaction) {
  const before = transaction.startState.field(field);
  const found = new Map();
  transaction.changes.iterChangedRanges((start, end) => {
    for (const { id, from, to } of before.values()) if (start < to && end > from) found.set(id, { id, from, to });
  });
  return [...found.values()].map((range) => restoreRange.of(range));
}

/** The extension. `onChange({ gone, back })` gets ids of ranges whose words were deleted, or are there again. */
export const rangeSupport = (onChange) => [
  field,
  invertedEffects.of(restoreEffects),
  EditorView.updateListener.of(({ startState, state }) => {
    const [before, after] = [startState.field(field), state.field(field)];
    if (before === after) return;
    const switched = (was) =>
      [...after.values()].filter(
        (now) => before.has(now.id) && isGone(before.get(now.id)) === was && isGone(now) !== was,
      );
    const [gone, back] = [false, true].map((was) => switched(was).map(({ id }) => id));
    if (gone.length || back.length) onChange({ gone, back });
  }),
];

/** Effects that add ranges, each { id, from, to, className, title, data }: one with an id that is there replaces it. */
export function addEffects(state, ranges) {
  const end = state.doc.length;
  const fit = ({ from, to }) => from >= 0 && from < to && to <= end;
  return ranges.map((range) => setRange.of(fit(range) ? range : { ...range, ...GONE }));
}

export const removeEffects = (ids) => ids.map((id) => removeRange.of(id));

/** All ranges as they stand now: { id, from, to, className, title, data, words, isGone }, in the order of the text. */
export function rangesIn(state) {
  const report = (range) => ({
    ...range,
    isGone: isGone(range),
    words: isGone(range) ? "" : state.sliceDoc(range.from, range.to),
  });
  return [...state.field(field).values()].map(report).sort((one, other) => one.from - other.from || one.to - other.to);
}

/** The ranges that the caret or a selection touches. */
export const rangesAt = (state, from, to = from) =>
  rangesIn(state).filter((range) => range.from <= to && range.to >= from);
