/* Save and vote, on cards and in lists: what is saved is marked at once, the rest comes with the first press. */
import { load } from "./kept.js";

function mark() {
  for (const button of document.querySelectorAll("[data-save]")) {
    button.hidden = false;
    const name = button.querySelector("[data-public]");
    if (name && !name.textContent) name.textContent = heading(button.closest(".fact-row"));
    button.ariaPressed = !!load("saved")?.includes(button.dataset.save);
  }
}

/** The row's own, before seen.js opens it, without its emoji. */
function heading(row) {
  const words = [...row.querySelector(".fact-title a").childNodes].filter((each) => each.className !== "emoji");
  return words.map((each) => each.textContent).join("").trim();
}

function act(event) {
  const pressed = event.target.closest(event.type === "click" ? "[data-save]" : "[data-vote]");
  if (!pressed) return;
  event.preventDefault();
  import("./later/acts.js").then((later) => later[event.type](pressed)).then(mark);
}

for (const type of ["click", "submit"]) addEventListener(type, act);
for (const type of ["storage", "pageshow", "rows"]) addEventListener(type, mark);
