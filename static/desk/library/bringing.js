// New files for the library: chosen or dropped, sent one after another; each is described before the next is sent.

import { make } from "../shared/dom.js";
import { gettext } from "../shared/words.js";

const MOST_BYTES = 20_000_000; // articles/images/checking.py refuses more, but only after all of it was sent

/** `send(address, fields)` gives what was refused, or nothing; `isFree()`: whether the next one may be described. */
export function bringer({ dialog, send, say, isFree }) {
  const input = dialog.querySelector("[data-new]");
  const list = dialog.querySelector("[data-files]");
  const waiting = [];
  let isSending = false;

  const add = (files) => {
    list.querySelectorAll("[data-refused]").forEach((line) => line.remove());
    for (const file of files) {
      const line = make("li", {}, gettext("%(name)s waits.", file));
      list.append(line);
      waiting.push({ file, line });
    }
    sendNext();
  };

  const sendNext = async () => {
    if (isSending || !waiting.length || !isFree()) return;
    const { file, line } = waiting.shift();
    isSending = true;
    line.textContent = gettext("%(name)s is being sent and looked at …", file);
    say(line.textContent);
    const refused = await sent(file);
    isSending = false;
    if (refused) fail({ file, line }, refused);
    else line.remove();
    sendNext();
  };

  const sent = (file) => {
    if (file.size > MOST_BYTES) {
      return { isFinal: true, sentence: gettext("“%(name)s” is larger than 20 MB. Save it smaller and try again.", file) };
    }
    const fields = new FormData();
    fields.append("upload", file);
    return send(input.dataset.new, fields);
  };

  const fail = ({ file, line }, { sentence, isFinal }) => {
    line.textContent = sentence.includes(file.name) ? sentence : `${file.name}: ${sentence}`;
    say(line.textContent);
    if (isFinal) {
      line.dataset.refused = ""; // goes when others come
      return;
    }
    const click = () => {
      waiting.push({ file, line });
      dialog.querySelector("[type=search]").focus(); // this button goes
      sendNext();
    };
    line.append(" ", make("button", { type: "button", click }, gettext("Try again")));
  };

  if (input) {
    input.addEventListener("change", () => {
      add(input.files);
      input.value = "";
    });
    takeDrops(dialog, add);
  }
  return { sendNext, areWaiting: () => waiting.length > 0 };
}

function takeDrops(dialog, add) {
  for (const name of ["dragover", "dragleave", "drop"]) {
    dialog.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      const isInside = name === "dragover" || (name === "dragleave" && dialog.contains(event.relatedTarget));
      dialog.classList.toggle("pictures-over", isInside);
      if (name === "drop") add(event.dataTransfer.files);
    });
  }
}
