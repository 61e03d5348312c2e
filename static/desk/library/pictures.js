// Where pictures are chosen: a text asks for one by the event "desk:picture", the cover by a button beside its list.
// Without this script a text names a picture by hand. The library itself comes when it is first wanted.

import { announce } from "../shared/announce.js";
import { gettext } from "../shared/words.js";

const dialog = document.querySelector("dialog[data-pictures]");

if (dialog) {
  document.addEventListener("desk:picture", async ({ detail }) => {
    try {
      const { idOf, openLibrary } = await import("./library.js");
      openLibrary((item) => detail.insert(`![](picture:${idOf(item)})`));
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
    const { setUpCover } = await import("./cover.js");
    for (const select of selects) setUpCover(select);
  };
  if (selects.length) setUp().catch(() => {}); // without a connection it stays an ordinary list
}
