// The picture library in a dialog: a picture is found by words or brought in, described, and used by whoever opened it.
// Frame: templates/desk/admin/picture_dialog.html; contents: articles/desk/choosing.py.
// An item is a picture's <li> in the list, with its title, its words and its small copy.

import { bringer } from "./bringing.js";
import { setUpFocus } from "./focus.js";
import { get, post, useToken } from "../shared/server.js";
import { gettext } from "../shared/words.js";

export const dialog = document.querySelector("dialog[data-pictures]");

const url = dialog?.dataset.pictures;
const part = (name) => dialog.querySelector(`[data-${name}]`);
const one = dialog && part("one");
const list = dialog && part("list");
const SENDING = 600_000; // milliseconds: a large file on a slow line

let use; // what becomes of the picture that is chosen
let isAlone = false; // one picture was opened by itself: there is no library to go back to
let isBegun = false; // words were written that closing the dialog must not lose
let latest = 0;
let files; // those that are brought in

if (dialog) setUp();

export function openLibrary(whenUsed) {
  use = whenUsed;
  isAlone = false;
  part("search").reset();
  dialog.showModal();
  if (one.hidden) load();
  else part("use").hidden = files.areWaiting();
}

export function openPicture(id, whenUsed) {
  use = whenUsed;
  isAlone = one.hidden;
  dialog.showModal();
  if (isAlone) edit(id);
}

/** Nothing where there is no such picture, or no connection. */
export async function itemOf(id) {
  return listed(id) ?? itemsIn((await ask({ q: id }))?.html).find((item) => idOf(item) === id);
}

export const idOf = (item) => item.querySelector("input").value;
export const titleOf = (item) => item.querySelector("[data-title]").textContent;

function setUp() {
  let pause;
  part("search").addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(load, 300, "1");
  });
  on("search", "submit", () => load());
  on("more", "click", () => load(part("more").value));
  on("choice", "submit", () => finish(chosen()));
  on("list", "dblclick", () => finish(chosen()));
  on("edit", "click", () => (chosen() ? edit(idOf(chosen())) : finish()));
  on("close", "click", () => dialog.close());
  on("one", "submit", save);
  one.addEventListener("input", () => (isBegun = true));
  dialog.addEventListener("close", () => isBegun || leave());
  one.addEventListener("click", (event) => event.target.closest("[data-back]") && back());
  files = bringer({ dialog, send, say, isFree: () => one.hidden });
}

function on(name, event, act) {
  part(name)?.addEventListener(event, (happened) => {
    happened.preventDefault();
    act(happened);
  });
}

function say(text) {
  part("status").textContent = text;
}

function why({ status, body }) {
  if (body.sentence) return body.sentence;
  if (status) return gettext("The site could not do this now. Try it again in a moment.");
  return gettext("There is no connection to the site. Nothing is lost: try it again in a moment.");
}

// Asks for what is there. After a failure, which it says, it gives nothing.
async function ask(query, below = "") {
  const answer = await get(`${url}${below}?${new URLSearchParams(query)}`);
  if (answer.status === 200) useToken(answer.body.token);
  else say(why(answer));
  return answer.status === 200 ? answer.body : null;
}

const tell = (address, body) => post(address, body, { renew: async () => Boolean(await ask({})), timeout: SENDING });

async function load(page = "1") {
  const mine = (latest += 1);
  const found = await ask({ q: part("search").elements.q.value, page });
  if (!found || mine !== latest) return; // a later search is on its way
  const before = chosen();
  if (page === "1") list.replaceChildren();
  const fresh = itemsIn(found.html).filter((item) => !listed(idOf(item)));
  list.append(...fresh);
  part("more").hidden = !found.next;
  part("more").value = found.next;
  if (page !== "1") fresh[0]?.querySelector("input").focus();
  else if (before) check(listed(idOf(before)));
  say(found.status);
}

function itemsIn(html = "") {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}

const listed = (id) => [...list.children].find((item) => idOf(item) === id);
const chosen = () => list.querySelector("input:checked")?.closest("li");

function check(item) {
  if (item) item.querySelector("input").checked = true;
}

function finish(item) {
  if (!item) {
    say(gettext("Choose a picture first."));
    return;
  }
  dialog.close(); // first: it gives the focus back to where the picture goes
  use(item);
}

async function edit(id) {
  const found = await ask({}, `${id}/`);
  if (!found) return;
  say("");
  show(found.html);
  isBegun = false;
}

function show(html) {
  isBegun = true;
  one.innerHTML = html;
  one.hidden = false;
  part("library").hidden = true;
  part("use").hidden = isAlone || files.areWaiting(); // it is in use already; the dialog stays for the others
  setUpFocus(one);
  (one.querySelector("[aria-invalid=true]") ?? one.querySelector("h3")).focus();
}

async function send(address, fields) {
  const answer = await tell(address, fields);
  if (answer.status !== 200) return { sentence: why(answer), isFinal: answer.status === 400 };
  say("");
  show(answer.body.html);
  return null;
}

async function save({ target: form, submitter }) {
  const fields = new FormData(form);
  say(gettext("Saving …"));
  form.inert = true; // nothing is typed that the answer would overwrite
  const answer = await tell(form.action, fields);
  form.inert = false;
  if (answer.status !== 200) {
    if (answer.body.html) show(answer.body.html);
    else submitter?.focus();
    say(why(answer));
    return;
  }
  const item = keep(answer.body);
  say(gettext("Saved: %(title)s", { title: titleOf(item) }));
  if (submitter?.matches("[data-use]")) {
    leave();
    finish(item);
  } else back();
}

// What was saved stands in the list (anew) and is chosen there.
function keep({ id, html }) {
  const [item] = itemsIn(html);
  if (listed(id)) listed(id).replaceWith(item);
  else list.prepend(item);
  check(item);
  document.dispatchEvent(new CustomEvent("desk:picture-saved", { detail: item }));
  return item;
}

function leave() {
  isBegun = false;
  one.replaceChildren();
  one.hidden = true;
  part("library").hidden = false;
}

function back() {
  leave();
  if (files.areWaiting()) files.sendNext();
  else if (isAlone) dialog.close();
  else (list.querySelector("input:checked") ?? part("search").elements.q).focus();
}
