// A picker for the emoji of a heading: typing looks for a name, arrows move, Enter chooses.

import { fireInput, make } from "../shared/dom.js";
import { gettext as _ } from "../shared/i18n.js";

const GROUPS = {
  [_("Screen and stage")]: _(
    "🎬 clapper board, 🍿 popcorn, 📺 television, 🎥 film camera, 🎭 theatre masks, 🏆 trophy award, 🎟️ ticket, " +
      "🎞️ film frames, 📸 photo camera, 🎤 microphone singer, 🎧 headphones, 🎵 music note, 🎸 guitar, 🥁 drum, " +
      "🎹 piano, 💿 album disc, 💃 dancing woman, 🕺 dancing man, 🎮 game, 📚 books webtoon",
  ),
  [_("Feelings")]: _(
    "😂 laughing, 😭 crying, 😍 in love, 😱 screaming fear, 🤯 mind blown, 🥹 moved tears, 😎 cool sunglasses, " +
      "🤔 thinking, 👀 eyes looking, 👏 applause, 🙌 cheering hands, 💪 strong arm, 🤝 handshake, ❤️ red heart love, " +
      "💔 broken heart, 💜 purple heart, 💯 hundred, 🔥 fire, ✨ sparkles, ⭐ star",
  ),
  [_("People and places")]: _(
    "👑 crown royal, 🕵️ detective, 🦸 hero, 🧙 wizard magic, 🧟 zombie, 👻 ghost, 🤖 robot, 👽 alien, 👶 baby, " +
      "👪 family, 💍 ring wedding, 🏥 hospital, 🏫 school, 🏠 house home, 🏰 castle, 🌃 city night, 🌍 world earth, " +
      "🇰🇷 Korea flag, 🇯🇵 Japan flag, 🇺🇸 United States flag",
  ),
  [_("Things")]: _(
    "🩺 doctor stethoscope, 🚑 ambulance, 💉 syringe, ⚖️ law scales, ⚔️ swords fight, 🔪 knife, 💣 bomb, 🚗 car, " +
      "🚢 ship ferry, ✈️ plane travel, 🚀 rocket space, 📱 phone, 💰 money, 💡 idea, 🔍 search clue, 🔑 key secret, " +
      "⏰ clock time, 📅 date calendar, 🎂 birthday cake, 🎁 gift, 🍜 noodles food, 🥂 cheers glasses, ☕ coffee, " +
      "🐶 dog, 🐱 cat, 🐉 dragon, 🌸 blossom spring, 🌙 moon, ⚡ lightning, ⚠️ warning spoiler",
  ),
};

let picker = null; // one for all fields: { panel, filter, nothing, signs, pressed, field }

/** Shows the picker at its button; what is chosen goes into the field. */
export function openPicker(field, button) {
  picker ??= createPicker();
  const isClosing = picker.pressed === button; // the browser has closed it by this very click
  picker.pressed = null;
  if (isClosing) return;
  picker.field = field;
  const { panel, filter } = picker;
  button.after(panel); // next in the order of Tab, and inside a dialog that may be open
  filter.value = "";
  filterSigns();
  panel.showPopover();
  const box = button.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.right, innerWidth - 8) - panel.offsetWidth);
  const below = box.bottom + 4;
  const isBelow = below + panel.offsetHeight < innerHeight || box.top < panel.offsetHeight;
  panel.style.left = `${left + scrollX}px`;
  panel.style.top = `${(isBelow ? below : box.top - panel.offsetHeight - 4) + scrollY}px`;
  filter.focus();
}

function createPicker() {
  const filter = make("input", { type: "search", "aria-label": _("Look for an emoji"), autocomplete: "off" });
  const groups = Object.entries(GROUPS).map(([label, row]) => {
    const signs = row.split(", ").map((pair) => {
      const [sign, ...name] = pair.split(" ");
      return make("button", { type: "button", "aria-label": name.join(" "), title: name.join(" ") }, sign);
    });
    return make("div", { role: "group", "aria-label": label }, make("p", {}, label), ...signs);
  });
  const nothing = make("p", { role: "status" });
  const panel = make("div", { popover: true, role: "dialog", "aria-label": _("Emoji"), class: "emoji-picker" });
  panel.append(filter, ...groups, nothing);
  panel.addEventListener("keydown", onKey);
  panel.addEventListener("click", ({ target }) => target.matches("button") && choose(target.textContent));
  const press = ({ target }) => (picker.pressed = panel.matches(":popover-open") && target.closest(".emoji-button"));
  document.addEventListener("pointerdown", press, true);
  panel.addEventListener("input", (event) => {
    event.stopPropagation(); // what is looked for is no part of the form
    filterSigns();
  });
  return { panel, filter, nothing, signs: [...panel.querySelectorAll("button")], pressed: null };
}

function filterSigns() {
  const { filter, nothing, signs } = picker;
  const words = filter.value.trim().toLowerCase();
  for (const sign of signs) sign.hidden = !sign.title.toLowerCase().includes(words);
  const seen = signs.filter((sign) => !sign.hidden);
  for (const sign of signs) sign.tabIndex = sign === seen[0] ? 0 : -1;
  for (const { parentNode } of signs) parentNode.hidden = !parentNode.querySelector("button:not([hidden])");
  nothing.textContent = seen.length ? "" : _("No emoji of that name here: type or paste it into the field.");
}

function choose(sign) {
  picker.panel.hidePopover();
  picker.field.value = sign;
  fireInput(picker.field);
  picker.field.focus();
}

function onKey(event) {
  const { filter, panel, signs } = picker;
  const seen = signs.filter((sign) => !sign.hidden);
  const place = seen.indexOf(event.target);
  const columns = getComputedStyle(signs[0].parentNode).gridTemplateColumns.split(" ").length;
  const step = { ArrowDown: columns, ArrowUp: -columns, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape") {
    event.stopPropagation(); // it closes this, and nothing around it
    panel.hidePopover();
    panel.previousElementSibling.focus();
  } else if (place < 0 && event.key === "Enter") {
    if (seen[0] && !event.isComposing) choose(seen[0].textContent);
  } else if (place < 0 && event.key === "ArrowDown") seen[0]?.focus();
  else if (place >= 0 && step) (seen[Math.min(place + step, seen.length - 1)] ?? filter).focus();
  else {
    if (place >= 0 && /^[^ ]$/u.test(event.key)) filter.focus(); // the letter lands there
    return;
  }
  event.preventDefault();
}
