// Problems underlined where they stand: ranges that hold a sentence. It is the title of the underlined words, and is
// said below the field when the caret comes to them.

import { addEffects, removeEffects, rangesAt, rangesIn } from "./ranges.js";

const PREFIX = "problem:";
let lastId = 0;

export const isProblem = ({ id }) => String(id).startsWith(PREFIX);

/** Shows these problems and no others: [{ from, to, words, isAdvice }]. */
export function showProblems(view, problems) {
  const old = rangesIn(view.state)
    .filter(isProblem)
    .map(({ id }) => id);
  const ranges = problems.map(({ from, to, words, isAdvice = false }) => {
    const id = `${PREFIX}${(lastId += 1)}`; // never used again: undo must not bring an old one back
    return { id, from, to, title: words, className: isAdvice ? "problem advice" : "problem" };
  });
  view.dispatch({ effects: [...removeEffects(old), ...addEffects(view.state, ranges)] });
}

/** What is wrong with the words at the caret, each sentence once. */
export function problemsAt(state) {
  const { from, to } = state.selection.main;
  return [
    ...new Set(
      rangesAt(state, from, to)
        .filter(isProblem)
        .map(({ title }) => title),
    ),
  ];
}
