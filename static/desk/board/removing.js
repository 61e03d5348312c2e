// Deleting a card or a question, and the way back: out of the bin, or out of this window for one that was never saved.

import { announce } from "../shared/announce.js";
import { offer } from "./undo.js";
import { gettext } from "../shared/words.js";

export async function remove(desk, part) {
  const { exchange, growth, lapse, lines, parts } = desk;
  if (part.busy) await part.save();
  if (!part.isNew && !lapse.allows(() => parts.has(part.place) && remove(desk, part))) return;
  await part.save();
  if (part.isGone) return;
  // What could not be saved, because it is not valid or never arrived, comes back with the rest.
  const position = lines.of(part.kind).indexOf(part.root) + 1;
  const words = part.isDirty ? { fields: part.words, position, isNew: part.isNew } : null;
  if (part.isNew) removed(desk, part, () => words && growth.bringBack(part.place, words));
  else await exchange.inTurn(() => send(desk, part, words));
}

async function send(desk, part, words) {
  const { exchange, order, status } = desk;
  const { status: code, body } = await exchange.send(`${part.url}delete/`, { token: part.token });
  if (part.isGone) return;
  if (code !== 200) {
    if (!body.lapses) status.say("note", body.sentence || gettext("It is not deleted: no connection."));
    exchange.refresh();
    return;
  }
  removed(desk, part, () => bringFromBin(desk, body.undo, part.kind, words));
  order.removed(part.kind, part.id, body.order_token);
  exchange.reached(body.change);
}

function removed(desk, part, bringBack) {
  const name = desk.lines.name(part.root);
  const words = part.isNew
    ? gettext("Deleted: “%(name)s”.", { name })
    : gettext("Deleted: “%(name)s”. It waits in the bin for 30 days.", { name });
  desk.growth.discard(part);
  announce(words);
  offer(desk, words, bringBack);
}

async function bringFromBin(desk, url, kind, words) {
  const { checklist, exchange, lapse, parts, status } = desk;
  if (!lapse.allows(() => bringFromBin(desk, url, kind, words))) return;
  const { status: code, body } = await exchange.inTurn(() => exchange.send(url, {}));
  if (code !== 200 && !body.lapses) {
    status.say("note", body.sentence || gettext("It could not be brought back just now. It is in the bin."));
  }
  await exchange.refresh();
  checklist.soon();
  const part = code === 200 && parts.get(`${kind}:${body.value.public_id}`);
  if (!part) return;
  if (words) await part.bringBack({ ...words, token: part.token });
  part.root.querySelector("[data-open]").focus();
  announce(gettext("It is back."));
}
