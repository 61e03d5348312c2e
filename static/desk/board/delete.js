// Deleting a card or a question, with an undo: from the bin, or from memory for a part that was never saved.

import { announce } from "../shared/announce.js";
import { record } from "./undo.js";
import { gettext } from "../shared/i18n.js";

export async function deletePart(desk, part) {
  const { approval, outline, parts } = desk;
  if (part.pendingSave) await part.save();
  if (!part.isNew && !approval.mayChange(() => parts.has(part.place) && deletePart(desk, part))) return;
  const { isNew, place } = part;
  const name = outline.headingOf(part.root);
  let restore = await remove(desk, part);
  if (!restore) return;
  const words = isNew
    ? gettext("Deleted: “%(name)s”.", { name })
    : gettext("Deleted: “%(name)s”. It waits in the bin for 30 days.", { name });
  announce(words);
  const redo = async () => {
    const again = parts.get(place);
    restore = again && (await remove(desk, again));
    return Boolean(restore);
  };
  record(desk, words, { undo: () => restore(), redo });
}

/** Removes the part, and gives what brings it back; null where it is still there. */
async function remove(desk, part) {
  const { outline, partList, sync } = desk;
  await part.save();
  if (part.isRemoved) return null;
  // Text that could not be saved (invalid, or no connection) is restored with the rest.
  const position = outline.lines(part.kind).indexOf(part.root) + 1;
  const unsaved = part.isDirty ? { fields: part.encoded, position, isNew: part.isNew } : null;
  if (!part.isNew) return sync.enqueue(() => sendDeletion(desk, part, unsaved));
  partList.discard(part);
  return () => unsaved && partList.restoreDraft(part.place, unsaved);
}

async function sendDeletion(desk, part, unsaved) {
  const { order, partList, status, sync } = desk;
  const { status: code, body } = await sync.send(`${part.url}delete/`, { token: part.token });
  if (part.isRemoved) return null;
  if (code !== 200) {
    if (!body.lapses) status.notify("note", body.sentence || gettext("It is not deleted: no connection."));
    sync.refresh();
    return null;
  }
  partList.discard(part);
  order.onRemoved(part.kind, part.id, body.order_token);
  sync.acknowledge(body.change);
  return () => restoreFromBin(desk, body.undo, part.kind, unsaved);
}

/** Whether it is back. */
async function restoreFromBin(desk, url, kind, unsaved) {
  const { approval, checklist, parts, status, sync } = desk;
  if (!approval.mayChange(() => restoreFromBin(desk, url, kind, unsaved))) return false;
  const { status: code, body } = await sync.enqueue(() => sync.send(url, {}));
  if (code !== 200 && !body.lapses) {
    status.notify("note", body.sentence || gettext("It could not be restored just now. It is in the bin."));
  }
  await sync.refresh();
  checklist.refreshSoon();
  const part = code === 200 && parts.get(`${kind}:${body.value.public_id}`);
  if (!part) return false;
  if (unsaved) await part.restoreDraft({ ...unsaved, token: part.token });
  part.root.querySelector("[data-open]").focus();
  return true;
}
