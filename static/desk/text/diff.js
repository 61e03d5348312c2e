// The smallest changes that make one text of another: whole lines first, and inside of changed lines their words.

const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+|\s+|[^]/gu;
const MAX_DEPTH = 300; // differing pieces; what differs more is replaced as one

/** Changes that make `after` of `before`, in order: [{ from, to, insert }], with offsets in `before`. */
export function diff(before, after) {
  const runs = changedRuns(splitLines(before), splitLines(after), 0);
  return runs.flatMap((run) => (run.olds.length && run.news.length ? byWords(run) : run)).map(trimHunk);
}

const splitLines = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const splitWords = (lines) => lines.join("").match(WORDS);
const byWords = ({ from, olds, news }) => changedRuns(splitWords(olds), splitWords(news), from);
const totalLength = (pieces) => pieces.reduce((sum, piece) => sum + piece.length, 0);
const HALF = /[\ud800-\udbff]$/; // of a surrogate pair

// Of a word only the letters that differ.
function trimHunk({ from, olds, news }) {
  let [old, insert, start, end] = [olds.join(""), news.join(""), 0, 0];
  const least = Math.min(old.length, insert.length);
  while (start < least && old[start] === insert[start]) start += 1;
  if (HALF.test(old.slice(0, start))) start -= 1;
  while (end < least - start && old.at(-1 - end) === insert.at(-1 - end)) end += 1;
  if (end && HALF.test(old.slice(0, old.length - end))) end -= 1;
  return { from: from + start, to: from + old.length - end, insert: insert.slice(start, insert.length - end) };
}

// Runs of pieces that differ: { from: the offset, olds, news }.
function changedRuns(olds, news, offset) {
  let [start, oldEnd, newEnd] = [0, olds.length, news.length];
  while (start < Math.min(oldEnd, newEnd) && olds[start] === news[start]) start += 1;
  while (oldEnd > start && newEnd > start && olds[oldEnd - 1] === news[newEnd - 1])
    [oldEnd, newEnd] = [oldEnd - 1, newEnd - 1];
  const [left, right] = [olds.slice(start, oldEnd), news.slice(start, newEnd)];
  if (!left.length && !right.length) return [];
  return splitRuns(left, right, matchingPairs(left, right), offset + totalLength(olds.slice(0, start)));
}

function splitRuns(olds, news, pairs, offset) {
  const found = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...pairs, [olds.length, news.length]]) {
    const run = { from: offset, olds: olds.slice(x, nextX), news: news.slice(y, nextY) };
    if (run.olds.length || run.news.length) found.push(run);
    offset += totalLength(olds.slice(x, nextX + 1));
    [x, y] = [nextX + 1, nextY + 1];
  }
  return found;
}

// Pairs of places of equal pieces, in order (Myers, An O(ND) Difference Algorithm, 1986).
function matchingPairs(olds, news) {
  const farthest = new Map([[1, 0]]);
  const steps = [];
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    steps.push(new Map(farthest));
    for (let line = -depth; line <= depth; line += 2) {
      const isDown = line === -depth || (line !== depth && farthest.get(line - 1) < farthest.get(line + 1));
      let x = isDown ? farthest.get(line + 1) : farthest.get(line - 1) + 1;
      while (x < olds.length && x - line < news.length && olds[x] === news[x - line]) x += 1;
      farthest.set(line, x);
      if (x >= olds.length && x - line >= news.length) return backtrack(steps, olds.length, news.length);
    }
  }
  return [];
}

function backtrack(steps, x, y) {
  const pairs = [];
  for (let depth = steps.length - 1; depth >= 0; depth -= 1) {
    const farthest = steps[depth];
    const line = x - y;
    const isDown = line === -depth || (line !== depth && farthest.get(line - 1) < farthest.get(line + 1));
    const from = isDown ? line + 1 : line - 1;
    const [fromX, fromY] = [farthest.get(from), farthest.get(from) - from];
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0)) pairs.push([(x -= 1), (y -= 1)]);
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}
