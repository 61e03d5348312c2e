// Deleting a card or a question, with an undo: from the bin, or from memory for a part that was never saved.

import { announce } from "../shared/announce.js";
import { offerUndo } from "./undo.js";
import { gettext } from "../shared/i18n.js";

export async function deletePart(desk, part) {
  const { approval, outline, partList, parts, sync } = desk;
  if (part.pendingSave) await part.save();
  if (!part.isNew && !approval.mayChange(() => parts.has(part.place) && deletePart(desk, part))) return;
  await part.save();
  if (part.isRemoved) return;
  // Text that could not be saved (invalid, or no connection) is restored with the rest.
  const position = outline.lines(part.kind).indexOf(part.root) + 1;
  const unsaved = part.isDirty ? { fields: part.encoded, position, isNew: part.isNew } : null;
  if (part.isNew) removeFromPage(desk, part, () => unsaved && partList.restoreDraft(part.place, unsaved));
  else await sync.enqueue(() => sendDeletion(desk, part, unsaved));
}

async function sendDeletion(desk, part, unsaved) {
  const { order, status, sync } = desk;
  const { status: code, body } = await sync.send(`${part.url}delete/`, { token: part.token });
  if (part.isRemoved) return;
  if (code !== 200) {
    if (!body.lapses) status.notify("note", body.sentence || gettext("It is not deleted: no connection."));
    sync.refresh();
    return;
  }
  removeFromPage(desk, part, () => restoreFromBin(desk, body.undo, part.kind, unsaved));
  order.onRemoved(part.kind, part.id, body.order_token);
  sync.acknowledge(body.change);
}

function removeFromPage(desk, part, undo) {
  const name = desk.outline.headingOf(part.root);
  const message = part.isNew
    ? gettext("Deleted: “%(name)s”.", { name })
    : gettext("Deleted: “%(name)s”. It waits in the bin for 30 days.", { name });
  desk.partList.discard(part);
  announce(message);
  offerUndo(desk, message, undo);
}

async function restoreFromBin(desk, url, kind, unsaved) {
  const { approval, checklist, parts, status, sync } = desk;
  if (!approval.mayChange(() => restoreFromBin(desk, url, kind, unsaved))) return;
  const { status: code, body } = await sync.enqueue(() => sync.send(url, {}));
  if (code !== 200 && !body.lapses) {
    status.notify("note", body.sentence || gettext("It could not be restored just now. It is in the bin."));
  }
  await sync.refresh();
  checklist.refreshSoon();
  const part = code === 200 && parts.get(`${kind}:${body.value.public_id}`);
  if (!part) return;
  if (unsaved) await part.restoreDraft({ ...unsaved, token: part.token });
  part.root.querySelector("[data-open]").focus();
  announce(gettext("Restored."));
}
