// Entry points to the picture library: a text field asks for a picture by the event "desk:picture" (detail: { insert, files }
// with the files that were pasted or dropped), a list of pictures gets
// a button. The library itself is loaded when it is first needed.

import { announce } from "../shared/announce.js";
import { gettext } from "../shared/i18n.js";

const dialog = document.querySelector("dialog[data-pictures]");

if (dialog) {
  document.addEventListener("desk:picture", async ({ detail }) => {
    try {
      const { idOf, openLibrary } = await import("./library-dialog.js");
      openLibrary((item) => detail.insert(`![](picture:${idOf(item)})`), detail.files);
    } catch {
      announce(gettext("The pictures cannot be reached just now. Try again when there is a connection."));
    }
  });
  enhancePictureChoice(document);
}

/** Puts a button beside every choice of a picture in `root`, and shows the one that is chosen. */
export function enhancePictureChoice(root) {
  const selects = dialog ? root.querySelectorAll("select[data-picture-choice]") : [];
  const setUp = async () => {
    const { setUpPictureSelect } = await import("./picture-select.js");
    for (const select of selects) setUpPictureSelect(select);
  };
  if (selects.length) setUp().catch(() => {}); // without a connection it stays an ordinary list
}
