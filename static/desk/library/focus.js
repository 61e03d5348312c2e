// The point of a picture that has to stay in sight when it is cut: set by a click on the picture or by arrow keys.
// The two number fields say the same and stay: they are what is sent.

import { changed, make } from "../shared/dom.js";
import { gettext } from "../shared/words.js";

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const inside = (value) => Math.min(100, Math.max(0, Math.round(value)));

export function setUpFocus(root) {
  const frame = root.querySelector("[data-focus]");
  const fields = ["focal_x", "focal_y"].map((name) => root.querySelector(`[name=${name}]`));
  if (!frame || fields.includes(null)) return;
  // As a slider it gets the arrow keys past a screen reader, which says its value anew at each move.
  const named = { role: "slider", "aria-label": gettext("What has to stay in sight"), "aria-valuemin": 0, "aria-valuemax": 100 };
  const point = make("span", { class: "desk-focus-point", tabindex: 0, ...named });
  frame.append(point);
  root.querySelector("[data-focus-help]").hidden = false;

  const show = () => {
    const [across, down] = fields.map((field) => inside(field.value));
    point.style.left = `${across}%`;
    point.style.top = `${down}%`;
    point.ariaValueNow = across;
    point.ariaValueText = gettext("%(across)s percent from the left, %(down)s percent from the top", { across, down });
  };
  const move = (act) => {
    fields.forEach((field, index) => {
      field.value = inside(act(field, index));
      changed(field);
    });
  };
  frame.addEventListener("click", ({ clientX, clientY }) => {
    const box = frame.getBoundingClientRect();
    const at = [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
    move((_field, index) => 100 * at[index]);
    point.focus({ preventScroll: true });
  });
  point.addEventListener("keydown", (event) => {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    move((field, index) => Number(field.value) + step[index] * (event.shiftKey ? 10 : 1));
  });
  for (const field of fields) field.addEventListener("input", show);
  show();
}
