// The words of a part on their way to the server, and what becomes of them there.
//
// `unanswered` are words that were sent and may have arrived or not. They are sent again before those written since:
// if they did arrive, what came after them would look like a conflict with somebody else's words.

import { clearErrors, showErrors } from "../fields/forms.js";
import { clock } from "./status.js";
import { gettext } from "../shared/words.js";

const KEEPALIVE_LIMIT = 60_000; // browsers refuse more on leaving

/** Sends until nothing is left that was written meanwhile. */
export async function sendAll(part, leaving) {
  do {
    part.again = false;
    part.dirtySince = undefined;
    const now = part.words;
    const sent = part.unanswered ?? now;
    if (part.state !== "offline") part.show("saving", gettext("Saving …"));
    const send = () => sendOnce(part, sent, leaving);
    const answer = await (part.isNew ? part.desk.exchange.inTurn(send) : send());
    if (part.isGone) return;
    const isAnswered = answer.status && answer.status < 500;
    if (isAnswered) part.unanswered = null;
    const isOld = isAnswered && sent !== now;
    if (isOld) part.again = true;
    // Whether the earlier words are wrong or late is of no interest any more: the next ones will hear of it.
    if (!isOld || answer.status === 200) settle(part, answer, sent);
  } while (part.again && part.isDirty && !part.isInConflict);
}

function sendOnce(part, sent, leaving) {
  const { desk } = part;
  const fields = new URLSearchParams(sent);
  fields.set("token", part.token);
  if (part.isNew) {
    fields.set("public_id", part.id);
    fields.set("position", desk.lines.savedBefore(part.root) + 1);
  }
  part.unanswered = sent;
  return desk.exchange.send(part.url, fields, { keepalive: leaving && fields.toString().length < KEEPALIVE_LIMIT });
}

function settle(part, { status, body }, sent) {
  const kept = (sentence) => keptWords(part, sentence);
  if (status === 200) return arrived(part, body, sent);
  if (status === 409 && body.current) return collided(part, body);
  if (status === 409 && body.lapses) return part.show("held", gettext("Not saved yet"));
  if (status === 404 && part.id) return part.lost();
  if (status === 400) {
    showErrors(part.form, body.errors ?? {});
    return part.show("invalid", body.sentence ?? gettext("Not saved"));
  }
  if (status > 401 && status < 500) return part.show("refused", kept(body.sentence ?? gettext("Not saved")));
  if (status === 401) return part.show("offline", kept(gettext("Not saved: you are signed out")));
  part.show("offline", kept(gettext("Not saved: no connection")));
  part.desk.exchange.tryAgainLater();
}

export function keptWords(part, sentence) {
  const how = part.isKept ? gettext("Kept on this device.") : gettext("Not kept on this device: leave this window open.");
  return `${sentence.replace(/\.$/, "")}. ${how}`;
}

/** The writer has gone on to something else: what is not saved is sent, and what was takes the server's spelling. */
export function left(part) {
  part.save();
  setTimeout(() => {
    if (part.isGone || part.isUnsaved || !part.value || !part.form || part.form.contains(document.activeElement)) return;
    part.agree(part.value);
    part.showLine();
  });
}

function arrived(part, body, sent) {
  const { desk } = part;
  const isRaised = body.token !== part.token;
  Object.assign(part, { token: body.token, value: body.value, baseline: sent });
  clearErrors(part.form);
  desk.keeper.drop(part.place);
  if (part.isNew) desk.growth.settled(part, body);
  if (part.isDirty) {
    part.keep();
    part.show("writing", gettext("Not saved yet"));
  } else {
    part.clean([gettext("Saved %(time)s", { time: clock() }), ...body.notes].join(" "));
    // Under the writer's hands nothing moves; the server's own spelling comes in when they have left.
    if (!part.form.contains(document.activeElement)) part.agree(body.value);
  }
  part.showLine();
  if (part.kind === "details") desk.showDetails(body.value);
  desk.exchange.reached(body.change, isRaised);
}

/** Somebody saved other words meanwhile. Nothing is sent until the writer has chosen. */
async function collided(part, body) {
  part.isInConflict = true;
  part.keep();
  const found = await part.desk.fetched(() => import("./conflict.js"));
  if (part.isGone) return;
  if (found) {
    part.show("conflict", gettext("Changed by someone else meanwhile"));
    await part.open();
    found.showConflict(part, body);
  } else {
    part.isInConflict = false;
    part.show("offline", keptWords(part, gettext("Not saved: no connection")));
    part.desk.exchange.tryAgainLater();
  }
}
