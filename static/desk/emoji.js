// A picker for the emoji of a heading: typing looks for a name, arrows move, Enter chooses.

import { changed, make } from "./dom.js";
import { gettext as _ } from "./words.js";

// The names stand in the order of the signs.
const GROUPS = [
  [_("Screen and stage"), "🎬 🍿 📺 🎥 🎭 🏆 🎟️ 🎞️ 📸 🎤 🎧 🎵 🎸 🥁 🎹 💿 💃 🕺 🎮 📚", _("clapper board, popcorn, television, film camera, masks theatre, trophy award, ticket, film frames, photo camera, microphone singer, headphones, music note, guitar, drum, piano, album disc, dancing woman, dancing man, game, books webtoon")],
  [_("Feelings"), "😂 😭 😍 😱 🤯 🥹 😎 🤔 👀 👏 🙌 💪 🤝 ❤️ 💔 💜 💯 🔥 ✨ ⭐", _("laughing, crying, in love, screaming fear, mind blown, moved tears, cool sunglasses, thinking, eyes looking, applause, cheering hands, strong arm, handshake, red heart love, broken heart, purple heart, hundred, fire, sparkles, star")],
  [_("People and places"), "👑 🕵️ 🦸 🧙 🧟 👻 🤖 👽 👶 👪 💍 🏥 🏫 🏠 🏰 🌃 🌍 🇰🇷 🇯🇵 🇺🇸", _("crown royal, detective, hero, wizard magic, zombie, ghost, robot, alien, baby, family, ring wedding, hospital, school, house home, castle, city night, world earth, Korea flag, Japan flag, United States flag")],
  [_("Things"), "🩺 🚑 💉 ⚖️ ⚔️ 🔪 💣 🚗 🚢 ✈️ 🚀 📱 💰 💡 🔍 🔑 ⏰ 📅 🎂 🎁 🍜 🥂 ☕ 🐶 🐱 🐉 🌸 🌙 ⚡ ⚠️", _("doctor stethoscope, ambulance, syringe, law scales, swords fight, knife, bomb, car, ship ferry, plane travel, rocket space, phone, money, idea, search clue, key secret, clock time, date calendar, birthday cake, gift, noodles food, cheers glasses, coffee, dog, cat, dragon, blossom spring, moon, lightning, warning spoiler")],
];

let picker = null;

/** Shows the picker at its button; what is chosen goes into the field. */
export function open(field, button) {
  picker ??= makePicker();
  picker.field = field;
  const { panel, filter, signs } = picker;
  button.after(panel); // next in the order of Tab, and inside a dialog that may be open
  filter.value = "";
  show("");
  panel.showPopover();
  const box = button.getBoundingClientRect();
  const [left, below] = [Math.min(box.right, innerWidth - 8) - panel.offsetWidth, box.bottom + 4];
  const isBelow = below + panel.offsetHeight < innerHeight || box.top < panel.offsetHeight;
  panel.style.left = `${Math.max(8, left) + scrollX}px`;
  panel.style.top = `${(isBelow ? below : box.top - panel.offsetHeight - 4) + scrollY}px`;
  signs.forEach((sign, place) => (sign.tabIndex = place ? -1 : 0));
  filter.focus();
}

function makePicker() {
  const filter = make("input", { type: "search", "aria-label": _("Look for an emoji"), placeholder: _("fire, heart, film …"), autocomplete: "off" });
  const groups = GROUPS.map(([name, signs, names]) => {
    const words = names.split(", ");
    const buttons = signs.split(" ").map((sign, place) => make("button", { type: "button", "aria-label": words[place] ?? sign, title: words[place] ?? sign }, sign));
    return make("div", { role: "group", "aria-label": name }, make("p", {}, name), ...buttons);
  });
  const nothing = make("p", { role: "status" });
  const panel = make("div", { popover: true, role: "dialog", "aria-label": _("Emoji"), class: "emoji-picker" }, filter, ...groups, nothing);
  panel.addEventListener("input", (event) => {
    event.stopPropagation(); // what is looked for is not a part of the form
    show(filter.value.trim().toLowerCase());
  });
  panel.addEventListener("click", ({ target }) => target.closest("[role=group] button") && choose(target.textContent));
  panel.addEventListener("keydown", onKey);
  return { panel, filter, nothing, signs: [...panel.querySelectorAll("button")], field: null };
}

function show(words) {
  for (const sign of picker.signs) sign.hidden = !sign.title.toLowerCase().includes(words);
  for (const group of picker.panel.querySelectorAll("[role=group]")) group.hidden = !group.querySelector("button:not([hidden])");
  picker.nothing.textContent = picker.signs.some((sign) => !sign.hidden) ? "" : _("No emoji of that name here: type or paste it into the field.");
}

function choose(sign) {
  const { field, panel } = picker;
  panel.hidePopover();
  field.value = sign;
  changed(field);
  field.focus();
}

function onKey(event) {
  const { filter, panel, signs } = picker;
  const seen = signs.filter((sign) => !sign.hidden);
  const place = seen.indexOf(event.target);
  const go = (sign) => {
    event.preventDefault();
    sign?.focus();
  };
  if (event.key === "Escape") {
    event.stopPropagation(); // it closes this, and nothing around it
    event.preventDefault();
    panel.hidePopover();
    panel.previousElementSibling.focus();
  } else if (event.key === "Enter" && place < 0) {
    event.preventDefault();
    if (seen[0] && !event.isComposing) choose(seen[0].textContent);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") go(place < 0 ? seen[0] : (vertical(seen, place, event.key === "ArrowDown") ?? filter));
  else if (place >= 0 && event.key.startsWith("Arrow")) go(seen[place + (event.key === "ArrowRight" ? 1 : -1)]);
  else if (place >= 0 && /^[^ ]$/u.test(event.key)) filter.focus(); // the letter lands there
}

// The nearest sign of the next row; upwards of the first row there is none.
function vertical(seen, place, isDown) {
  const box = seen[place].getBoundingClientRect();
  const rows = seen.filter((sign) => (isDown ? sign.getBoundingClientRect().top >= box.bottom : sign.getBoundingClientRect().bottom <= box.top));
  const distance = (sign) => Math.abs(sign.getBoundingClientRect().top - box.top) * 100 + Math.abs(sign.getBoundingClientRect().left - box.left);
  const nearest = rows.sort((one, other) => distance(one) - distance(other))[0];
  return nearest ?? (isDown ? seen[place] : null);
}
