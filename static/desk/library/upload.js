// Uploads to the library: files chosen or dropped are sent one after another; each is described before the next is sent.

import { make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

const MOST_BYTES = 20_000_000; // articles/images/checking.py refuses more, but only after all of it was sent

/**
 * `send(url, fields)` resolves to a refusal, or null; `isFree()`: whether the dialog can take the next description.
 * Gives { add(files), sendNext(), hasQueued() }.
 */
export function createUploader({ dialog, send, setStatus, isFree }) {
  const input = dialog.querySelector("[data-upload-url]");
  const list = dialog.querySelector("[data-upload-queue]");
  const queue = [];
  let isSending = false;

  const add = (files) => {
    list.querySelectorAll("[data-refused]").forEach((line) => line.remove());
    for (const file of files) {
      const line = make("li", {}, gettext("%(name)s waits.", file));
      list.append(line);
      queue.push({ file, line });
    }
    sendNext();
  };

  const sendNext = async () => {
    if (isSending || !queue.length || !isFree()) return;
    const { file, line } = queue.shift();
    isSending = true;
    line.textContent = gettext("%(name)s is being sent and looked at …", file);
    setStatus(line.textContent);
    const refused = await upload(file);
    isSending = false;
    if (refused) fail({ file, line }, refused);
    else line.remove();
    sendNext();
  };

  const upload = (file) => {
    if (file.size > MOST_BYTES) {
      return { isFinal: true, sentence: gettext("“%(name)s” is larger than 20 MB. Save it smaller and try again.", file) };
    }
    const fields = new FormData();
    fields.append("upload", file);
    return send(input.dataset.uploadUrl, fields);
  };

  const fail = ({ file, line }, { sentence, isFinal }) => {
    line.textContent = sentence.includes(file.name) ? sentence : `${file.name}: ${sentence}`;
    setStatus(line.textContent);
    if (isFinal) {
      line.dataset.refused = ""; // goes when others come
      return;
    }
    const click = () => {
      queue.push({ file, line });
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
    acceptDrops(dialog, add);
  }
  return { add, sendNext, hasQueued: () => queue.length > 0 };
}

/** Files that are dropped on `zone` go to `add`. */
export function acceptDrops(zone, add) {
  for (const name of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      const isInside = name === "dragover" || (name === "dragleave" && zone.contains(event.relatedTarget));
      zone.classList.toggle("pictures-over", isInside);
      if (name === "drop") add(event.dataTransfer.files);
    });
  }
}
