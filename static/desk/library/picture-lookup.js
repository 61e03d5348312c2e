// What the pictures of a text look like, for the field in which it is written. Ids that are asked for at once go to the
// server in one request.

import { get } from "../shared/server.js";

const url = document.querySelector("dialog[data-pictures]")?.dataset.pictures;
const MOST_IDS = 100; // as in picture_dialog.py
let batch = null; // { ids, answer } while it fills

/** `picture:ID` to { src, width, height, alt }, or null for what is not there. Rejects without a connection. */
export function lookUpPicture(address) {
  const [, id] = /^picture:(\w+)$/.exec(address) ?? [];
  if (!url || !id) return null;
  if (!batch || batch.ids.length === MOST_IDS) batch = startBatch();
  batch.ids.push(id);
  return batch.answer.then((pictures) => pictures[id] ?? null);
}

function startBatch() {
  const ids = [];
  const ask = async () => {
    await null; // until this round of drawing has asked for all of its pictures
    batch = null;
    const { status, body } = await get(`${url}shown/?${new URLSearchParams(ids.map((id) => ["id", id]))}`);
    if (status !== 200) throw new Error("The pictures cannot be reached.");
    return body.pictures;
  };
  return { ids, answer: ask() };
}
