// The small door to comments on the board: the scripts behind it come when there are any, or when one is written.

import { LocalDrafts } from "../shared/local-drafts.js";
import { register } from "../shared/shortcuts.js";
import { gettext } from "../shared/i18n.js";

const group = gettext("Comments");
register({ keys: "Mod+Alt+M", words: gettext("Comment on the selected words, or on the part"), group });
register({ keys: "Enter", words: gettext("From a comment to its words"), group });
register({ keys: "R", words: gettext("Reply to the comment where the focus is"), group });
register({ keys: "E", words: gettext("Mark the comment as resolved"), group });
register({ keys: "T", words: gettext("Take the suggestion"), group });
register({ keys: "D", words: gettext("Decline the suggestion"), group });

export function setUpComments(desk) {
  let loading = null;
  let wasEmpty = false; // when the page was opened: then what comes is news
  const load = async () => {
    loading ??= desk.loadOrNotify(async () => (await import("./board.js")).BoardComments.start(desk, { wasEmpty }));
    const comments = await loading;
    if (!comments) loading = null;
    return comments;
  };
  const compose = async (target) => (await load())?.composeAt(target);
  const onRemarks = async (stamp) => {
    if (!loading && !stamp) wasEmpty = true;
    if (stamp || loading) (await load())?.onPulse(stamp);
  };
  desk.presence.onRemarks = onRemarks;
  if (desk.presence.remarks !== undefined) onRemarks(desk.presence.remarks);
  if (isBeingWritten(desk)) load();
  // Before the network may go.
  desk.root.addEventListener("desk:field", () => import("./board.js").catch(() => {}), { once: true });
  desk.root.addEventListener("desk:comment", ({ target }) => compose(target));
  desk.root.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-comment]");
    if (button) compose(button);
  });
  document.addEventListener("keydown", (event) => {
    const isWanted = event.code === "KeyM" && event.altKey && !event.shiftKey && (event.ctrlKey || event.metaKey);
    if (!isWanted || event.defaultPrevented || event.target.closest("dialog")) return;
    event.preventDefault();
    compose(event.target);
  });
}

// A comment that was begun on an earlier visit waits on this device.
function isBeingWritten({ base, root }) {
  const path = new URL(`${base}comments/`, location.href).pathname;
  return LocalDrafts.ofForm(root.dataset.account, path).all().length > 0;
}
