// The page of a picture. Without this script the two number fields and the text field do the same.

import { setUpFocalPoint } from "./focal-point.js";

setUpFocalPoint(document);
document.querySelectorAll("[data-copy]").forEach(setUpCopy);

function setUpCopy(row) {
  const field = row.querySelector("input");
  const button = row.querySelector("button");
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) return; // not over plain HTTP
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  });
}
