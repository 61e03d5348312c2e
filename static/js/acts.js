/* Save and vote, on cards and in lists: what is saved is marked at once, the rest comes with the first press. */
import { load } from "./kept.js";

function mark() {
  for (const button of document.querySelectorAll("[data-save]")) {
    button.hidden = false;
    button.ariaPressed = !!load("saved")?.includes(button.dataset.save);
  }
}

function act(event) {
  const pressed = event.target.closest(event.type === "click" ? "[data-save]" : "[data-vote]");
  if (!pressed) return;
  event.preventDefault();
  import("./later/acts.js").then((later) => later[event.type](pressed)).then(mark);
}

for (const type of ["click", "submit"]) addEventListener(type, act);
for (const type of ["storage", "pageshow", "rows"]) addEventListener(type, mark);
