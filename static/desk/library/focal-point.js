// The focal point of a picture, which stays in sight when it is cropped: set by a click or by arrow keys.
// The two number fields say the same and stay: they are what is sent.

import { fireInput, make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const clamp = (value) => Math.min(100, Math.max(0, Math.round(value)));

export function setUpFocalPoint(root) {
  const frame = root.querySelector("[data-focal-point]");
  const fields = ["focal_x", "focal_y"].map((name) => root.querySelector(`[name=${name}]`));
  if (!frame || fields.includes(null)) return;
  // As a slider it gets the arrow keys past a screen reader, which says its value anew at each move.
  const named = { role: "slider", "aria-label": gettext("Focal point"), "aria-valuemin": 0, "aria-valuemax": 100 };
  const point = make("span", { class: "desk-focus-point", tabindex: 0, ...named });
  frame.append(point);
  root.querySelector("[data-focal-point-help]").hidden = false;

  const show = () => {
    const [across, down] = fields.map((field) => clamp(field.value));
    point.style.left = `${across}%`;
    point.style.top = `${down}%`;
    point.ariaValueNow = across;
    point.ariaValueText = gettext("%(across)s percent from the left, %(down)s percent from the top", { across, down });
  };
  const move = (compute) => {
    fields.forEach((field, index) => {
      field.value = clamp(compute(field, index));
      fireInput(field);
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
