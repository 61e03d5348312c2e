// The writer's desk: the parts of one article, opened in place, saved one by one. Without this script each part has a
// page of its own, and everything here is there too.

import { addListeners } from "./actions.js";
import { ApprovalNotice } from "./approval-notice.js";
import { Checklist } from "./checklist.js";
import { Order } from "./order.js";
import { KINDS, Outline } from "./outline.js";
import { PartEditor } from "./part-editor.js";
import { PartList } from "./part-list.js";
import { Presence } from "./presence.js";
import { Status } from "./status.js";
import { Sync } from "./sync.js";
import { gettext } from "../shared/i18n.js";
import { LocalDrafts } from "../shared/local-drafts.js";

class Desk {
  parts = new Map(); // by place: "details", "card:<id>" …

  constructor(root) {
    Object.assign(this, { root, base: root.dataset.base });
    this.drafts = new LocalDrafts(root.dataset.account, this.base);
    this.status = new Status(this);
    this.outline = new Outline(this);
    this.sync = new Sync(this);
    this.approval = new ApprovalNotice(this);
    this.order = new Order(this);
    this.partList = new PartList(this);
    this.checklist = new Checklist(this);
    this.claims = import("./claims.js").then(({ Claims }) => new Claims(this), () => null);
    this.restatements = import("./restatements.js").then(({ Restatements }) => new Restatements(this), () => null);
    this.presence = new Presence(this);
    this.focusAsked = null; // by the part that was asked last to open with the focus in a field
  }

  async start() {
    document.addEventListener("pointerdown", () => (this.focusAsked = null), true);
    this.root.querySelectorAll("[data-no-script]").forEach((element) => (element.hidden = true));
    this.root.querySelector("[data-desk-toolbar]").hidden = false;
    for (const root of this.root.querySelectorAll("[data-part]")) this.addPart(root).isServerRendered = true;
    for (const kind of KINDS) this.outline.renumber(kind);
    this.checklist.countPerPart();
    addListeners(this);
    if (!(await this.sync.refresh())) this.sync.retryLater();
    this.status.update();
    this.presence.start();
    this.loadKeyboard();
    import("./editing-tools.js").catch(() => {}); // before the network may go
    const wanted = this.parts.get(location.hash.slice(1).replace("-", ":"));
    if (wanted) wanted.open({ focus: "heading" });
  }

  addPart(root, isNew = false) {
    const part = new PartEditor(this, root, isNew);
    this.parts.set(part.place, part);
    if (part.id) this.outline.addActions(root);
    return part;
  }

  template(name) {
    return document.querySelector(`template[data-template=${name}]`).content.cloneNode(true);
  }

  /** The result of `load`, or null and a notice when it fails for want of a connection. The next call tries again. */
  async loadOrNotify(load) {
    try {
      return await load();
    } catch {
      this.status.notify("note", gettext("This cannot be reached just now. Try again when there is a connection."));
      return null;
    }
  }

  /** Without a connection it is tried again when there is one. */
  loadKeyboard() {
    const again = () => addEventListener("online", () => this.loadKeyboard(), { once: true });
    import("./keyboard.js").then(({ setUpKeyboard }) => setUpKeyboard(this), again);
  }

  /** editing-tools.js, also as `tools` from then on; null without a connection. */
  async loadTools() {
    this.tools ??= await this.loadOrNotify(() => import("./editing-tools.js"));
    return this.tools;
  }

  // --- unsaved changes -----------------------------------------------------------------------------------------------

  unsaved() {
    return [...this.parts.values()].filter((part) => part.isUnsaved);
  }

  /** Saves everything that can be saved; whether nothing is left unsaved. */
  async saveAll() {
    await Promise.all(this.unsaved().map((part) => part.save()));
    await this.order.saveAll();
    return !this.unsaved().length && !this.order.moved.size;
  }

  unsavedFields() {
    const fields = this.unsaved().map((part) => [part.place, part.encoded]);
    return [...fields, ["cards", this.outline.ids("card").join(" ")], ["faqs", this.outline.ids("faq").join(" ")]];
  }

  // --- events of parts -------------------------------------------------------------------------------------------------

  changed(part) {
    this.preview?.changed();
    this.preview?.follow(part.place);
  }

  opened(part) {
    this.preview?.follow(part.place);
    this.presence.place = part.place;
  }

  showDetails(value) {
    const hasChanged = this.outline.numbering !== value.numbering;
    this.outline.numbering = value.numbering;
    if (hasChanged) this.outline.renumber("card");
    const encoded = JSON.stringify(value);
    if (this.details && this.details !== encoded) {
      this.loadOrNotify(async () => (await import("./plain-pages.js")).showDetails(this.root, value, this.parts.get("details").form));
    }
    this.details = encoded;
  }
}

const root = document.querySelector("[data-desk]");
if (root) new Desk(root).start();
