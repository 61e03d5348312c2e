// What is done with several facts at once: tags, another place, another article, the bin. Each can be undone as one.

import { announce } from "../shared/announce.js";
import { make } from "../shared/dom.js";
import { cloneTemplate } from "../fields/part-form.js";
import { setUpTags } from "../fields/tags.js";
import { openChooser } from "./chooser.js";
import { askForNumber, moveBlock } from "./move-line.js";
import { findArticles } from "./palette.js";
import { record } from "./undo.js";
import { gettext, ngettext } from "../shared/i18n.js";

/** Sends an act to this page for several facts, or to that of another article; null where it was refused. */
async function send(desk, fields, url = `${desk.base}cards/several/`) {
  const { approval, order, status, sync } = desk;
  if (!approval.mayChange()) return null;
  const { status: code, body } = await sync.enqueue(() => sync.send(url, fields));
  if (code !== 200 && !body.lapses) {
    status.notify("note", body.sentence || gettext("It could not be done just now: no connection."));
  }
  await sync.refresh();
  await order.saveAll();
  desk.checklist.refreshSoon();
  return code === 200 ? body : null;
}

const cards = (ids) => ids.map((id) => ["card", id]);

function done(desk, sentence, steps) {
  announce(sentence);
  record(desk, sentence, steps);
}

// --- tags ------------------------------------------------------------------------------------------------------------

export function tag(selection) {
  const { desk } = selection;
  const dialog = make("dialog", { class: "desk-dialog", "aria-labelledby": "tag-several", close: () => dialog.remove() });
  dialog.append(cloneTemplate(document.querySelector("template[data-template=tags]")));
  const form = dialog.querySelector("form");
  dialog.setAttribute("aria-labelledby", form.querySelector("h2").id);
  for (const field of form.querySelectorAll("[data-tags]")) setUpTags(field, desk.root.dataset);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [add, remove] = ["add", "remove"].map((name) => form.elements[name].value);
    dialog.close();
    if (add.trim() || remove.trim()) sendTags(selection, add, remove);
  });
  form.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  form.elements.add.focus();
}

async function sendTags(selection, add, remove) {
  const { desk } = selection;
  const body = await send(desk, [["act", "tag"], ["add", add], ["remove", remove], ...cards(selection.inOrder())]);
  if (!body) return;
  const { before, after, sentence } = body;
  const set = async (was, tags) =>
    Boolean(await send(desk, { was: JSON.stringify(was), tags: JSON.stringify(tags) }, `${desk.base}cards/tags/`));
  done(desk, sentence, { undo: () => set(after, before), redo: () => set(before, after) });
}

// --- places ----------------------------------------------------------------------------------------------------------

export async function place(selection) {
  const { desk } = selection;
  const ids = selection.inOrder();
  const all = desk.outline.ids("card");
  const words = ngettext("%(count)s fact selected", "%(count)s facts selected", ids.length);
  const wish = await askForNumber(desk, words, all.indexOf(ids[0]) + 1, all.length - ids.length + 1);
  if (wish) moveBlock(desk.order, ids, wish - 1);
}

// --- another article -------------------------------------------------------------------------------------------------

function chooseArticle(desk, title, act) {
  openChooser({
    title,
    label: gettext("The title of the article"),
    find: async (query) => {
      const found = await findArticles(desk.root.dataset.findUrl, query, { change: "yes" });
      return found.map((article) => ({ ...article, act: () => act(article.id) }));
    },
  });
}

export function move(selection) {
  const { desk } = selection;
  const ids = selection.inOrder();
  chooseArticle(desk, gettext("Move to an article"), async (target) => {
    const before = desk.outline.ids("card");
    const there = () => send(desk, [["act", "move"], ["target", target], ...cards(ids)]);
    const body = await there();
    if (!body) return;
    selection.clear();
    const back = async () => {
      if (!(await send(desk, [["act", "move"], ["target", body.here], ...cards(ids)], body.there))) return false;
      desk.order.arrange("card", before);
      await desk.order.save("card");
      return true;
    };
    done(desk, body.sentence, { undo: back, redo: async () => Boolean(await there()) });
  });
}

export function copy(selection) {
  const { desk } = selection;
  const ids = selection.inOrder();
  chooseArticle(desk, gettext("Copy to an article"), async (target) => {
    let body = await send(desk, [["act", "copy"], ["target", target], ...cards(ids)]);
    if (!body) return;
    const undo = async () => Boolean(await send(desk, [["act", "delete"], ...cards(body.copies)], body.there));
    const redo = async () => {
      body = (await send(desk, [["act", "copy"], ["target", target], ...cards(ids)])) ?? body;
      return true;
    };
    done(desk, body.sentence, { undo, redo });
  });
}

// --- the bin ---------------------------------------------------------------------------------------------------------

export async function remove(selection) {
  const { desk } = selection;
  const ids = selection.inOrder();
  const before = desk.outline.ids("card");
  let body = await send(desk, [["act", "delete"], ...cards(ids)]);
  if (!body) return;
  selection.clear();
  desk.outline.headingElement("card").focus();
  const undo = async () => {
    for (const url of body.undo) if (!(await send(desk, {}, url))) return false;
    desk.order.arrange("card", before);
    await desk.order.save("card");
    return true;
  };
  const redo = async () => {
    const again = await send(desk, [["act", "delete"], ...cards(ids)]);
    body = again ?? body;
    return Boolean(again);
  };
  done(desk, body.sentence, { undo, redo });
}
