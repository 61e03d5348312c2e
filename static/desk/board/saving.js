// Sending the text of a part, and what each answer of the server means for it.
//
// `unconfirmed` is text that was sent without an answer, so it may have arrived. It is sent again before newer text:
// if it did arrive, the newer text would look like a conflict with somebody else's.

import { showSavedNow } from "./byline.js";
import { bodyOf } from "./outline.js";
import { clock } from "./status.js";
import { clearErrors, showErrors } from "../fields/part-form.js";
import { button } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

const KEEPALIVE_LIMIT = 60_000; // browsers refuse more on leaving

/** Sends until nothing is unsaved that was written while the previous request was under way. */
export async function sendAll(part, leaving) {
  do {
    part.saveAgain = false;
    part.dirtySince = undefined;
    const current = part.encoded;
    const sent = part.unconfirmed ?? current;
    if (part.state !== "offline") part.setState("saving", gettext("Saving …"));
    const send = () => sendOnce(part, sent, leaving);
    const answer = await (part.isNew ? part.desk.sync.enqueue(send) : send());
    if (part.isRemoved) return;
    const isAnswered = answer.status && answer.status < 500;
    if (isAnswered) part.unconfirmed = null;
    const isOlder = isAnswered && sent !== current;
    if (isOlder) part.saveAgain = true;
    // An error in the older text does not matter any more: the newer text follows and gets an answer of its own.
    if (!isOlder || answer.status === 200) handleAnswer(part, answer, sent);
  } while (part.saveAgain && part.isDirty && !part.isInConflict);
}

function sendOnce(part, sent, leaving) {
  const { desk } = part;
  const fields = new URLSearchParams(sent);
  fields.set("token", part.token);
  if (part.mergesAt === part.token && part.baseline) fields.set("base", part.baseline);
  if (part.isNew) {
    fields.set("public_id", part.id);
    fields.set("position", desk.outline.countSavedBefore(part.root) + 1);
  }
  part.unconfirmed = sent;
  return desk.sync.send(part.url, fields, { keepalive: leaving && fields.toString().length < KEEPALIVE_LIMIT });
}

function handleAnswer(part, { status, body }, sent) {
  const withDraft = (sentence) => withDraftState(part, sentence);
  if (status === 200) return onSaved(part, body, sent);
  if (status === 409 && body.current) return sendForMerge(part) || onConflict(part, body);
  if (status === 409 && body.lapses) return part.setState("held", gettext("Not saved yet"));
  if (status === 404 && part.id) return onDeletedElsewhere(part);
  if (status === 400) {
    showErrors(part.form, body.errors ?? {});
    return part.setState("invalid", body.sentence ?? gettext("Not saved"));
  }
  if (status > 401 && status < 500) return part.setState("refused", withDraft(body.sentence ?? gettext("Not saved")));
  if (status === 401) return part.setState("offline", withDraft(gettext("Not saved: you are signed out")));
  part.setState("offline", withDraft(gettext("Not saved: no connection")));
  part.desk.sync.retryLater();
}

/** Sends again with the text that this writer began with, so that the server can merge. False when that was tried. */
function sendForMerge(part) {
  if (part.isNew || !part.baseline || part.mergesAt === part.token) return false;
  part.mergesAt = part.token;
  part.saveAgain = true;
  return true;
}

/** The sentence, and whether the text is stored on this device. */
function withDraftState(part, sentence) {
  const how = part.isStoredLocally ? gettext("Kept on this device.") : gettext("Not kept on this device: leave this window open.");
  return `${sentence.replace(/\.$/, "")}. ${how}`;
}

// A dialog in front of the page, such as that for a link, comes back to the form.
const isBeingWritten = ({ form }) => form.contains(document.activeElement) || document.querySelector("dialog:modal") !== null;

/** The focus left the form: unsaved text is sent, and saved text is replaced by the server's normalised version. */
export function onFormLeft(part) {
  part.save();
  setTimeout(() => {
    if (part.isRemoved || part.isUnsaved || !part.value || !part.form || isBeingWritten(part)) return;
    part.acceptServer(part.value);
    part.updateLine();
  });
}

function onSaved(part, body, sent) {
  const { desk } = part;
  const isRaised = body.token !== part.token;
  // Newer text does not have what was merged: it is merged in turn, from the same beginning.
  if (body.merged && part.encoded !== sent) return (part.saveAgain = true);
  Object.assign(part, { token: body.token, value: body.value, baseline: sent });
  if (body.merged) part.acceptServer(body.value);
  if ("html" in body) part.rendered = { of: bodyOf(body.value), html: body.html };
  clearErrors(part.form);
  desk.drafts.remove(part.place);
  if (part.isNew) desk.partList.onCreated(part, body);
  if (part.isDirty) {
    part.storeDraft();
    part.setState("writing", gettext("Not saved yet"));
  } else {
    part.markSaved([gettext("Saved %(time)s", { time: clock() }), ...body.notes].join(" "));
    // While the writer is in the form nothing changes under them: onFormLeft brings the server's version in.
    if (!isBeingWritten(part)) part.acceptServer(body.value);
  }
  part.updateLine();
  if (part.kind === "details") desk.showDetails(body.value);
  showSavedNow(desk.root);
  desk.sync.acknowledge(body.change, isRaised);
}

/** Somebody else saved another text meanwhile. Nothing is sent until the writer has chosen. */
async function onConflict(part, body) {
  part.isInConflict = true;
  part.storeDraft();
  const conflict = await part.desk.loadOrNotify(() => import("./conflict.js"));
  if (part.isRemoved) return;
  if (conflict) {
    part.setState("conflict", gettext("Changed by someone else meanwhile"));
    await part.open();
    conflict.showConflict(part, body);
  } else {
    part.isInConflict = false;
    part.setState("offline", withDraftState(part, gettext("Not saved: no connection")));
    part.desk.sync.retryLater();
  }
}

/** Somebody else deleted the part: saving is off, and its text can be saved as a new part. */
export async function onDeletedElsewhere(part) {
  if (part.isDeletedElsewhere && part.state === "refused") return;
  part.isDeletedElsewhere = true;
  part.setState("refused", withDraftState(part, gettext("Somebody else deleted this meanwhile")));
  await part.open();
  const again = button(gettext("Save it as a new one"), () => part.desk.partList.saveAsNew(part), "desk-button");
  part.form.querySelector("[data-part-state]").append(" ", again);
}
