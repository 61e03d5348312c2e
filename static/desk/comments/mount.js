// Comments on a page that is not the board, such as the review page:
//
//   import { mountComments } from "…/comments/mount.js"; mountComments(root), where root is
//   <div data-comments="…/article/7/" data-account-name="edda"> … <section data-place="card:x"> … <button data-comment>
//
// Threads stand in the element of their place; `data-place=""` takes those of the whole article, and of parts that are gone.
// Those that the page brought for a browser without scripts, in lists with data-plain-threads, go when these have come.

import { Threads } from "./threads.js";
import { get } from "../shared/server.js";

const INTERVAL = 15_000; // milliseconds

/** Gives the Threads, once they have come. */
export async function mountComments(root) {
  const hostOf = (place) => root.querySelector(`[data-place="${CSS.escape(place)}"]`) ?? undefined;
  const { comments: base, accountName: account } = root.dataset;
  // The parts as they stand in the article: for a suggestion on all of a text.
  const load = () => get(`${base}contents/`).then(({ status, body }) => (status === 200 ? body.parts : {}));
  let contents;
  const textOf = async (place, field) => (await (contents ??= load()))[place]?.value[field] ?? "";
  const onShown = () => root.querySelectorAll("[data-plain-threads]").forEach((list) => list.remove());
  const threads = new Threads({ base, account, hostOf, textOf, onShown });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-comment]");
    if (!button) return;
    event.preventDefault(); // it may be a link to the plain page
    contents = load();
    threads.compose(button.closest("[data-place]")?.dataset.place ?? "");
  });
  await threads.refresh();
  await threads.restoreComposers();
  setInterval(() => document.hidden || threads.refresh(), INTERVAL);
  return threads;
}
