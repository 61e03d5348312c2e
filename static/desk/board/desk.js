// The writer's desk: the parts of one article, opened in place, saved one by one. Without this script each part has a
// page of its own, and everything here is there too.

import { listen } from "./acts.js";
import { Checklist } from "./checklist.js";
import { Exchange } from "./exchange.js";
import { Growth } from "./growth.js";
import { Keeper } from "./keeping.js";
import { Lapse } from "./lapse.js";
import { KINDS, Lines } from "./lines.js";
import { Order } from "./order.js";
import { Part } from "./part.js";
import { Pulse } from "./pulse.js";
import { Status } from "./status.js";
import { gettext } from "../shared/words.js";

class Desk {
  parts = new Map(); // by place: "details", "card:<id>" …

  constructor(root) {
    Object.assign(this, { root, base: root.dataset.base });
    this.keeper = new Keeper(root.dataset.account, this.base);
    this.status = new Status(this);
    this.lines = new Lines(this);
    this.exchange = new Exchange(this);
    this.lapse = new Lapse(this);
    this.order = new Order(this);
    this.growth = new Growth(this);
    this.checklist = new Checklist(this);
    this.pulse = new Pulse(this);
  }

  async start() {
    this.root.querySelectorAll("[data-without-script]").forEach((element) => (element.hidden = true));
    this.root.querySelector("[data-strip]").hidden = false;
    for (const root of this.root.querySelectorAll("[data-part]")) this.equip(root).isDrawn = true;
    for (const kind of KINDS) this.lines.number(kind);
    this.checklist.count();
    listen(this);
    if (!(await this.exchange.refresh())) this.exchange.tryAgainLater();
    this.status.tell();
    this.pulse.start();
    import("./writing.js").catch(() => {}); // before the network may go
    const wanted = this.parts.get(location.hash.slice(1).replace("-", ":"));
    if (wanted) wanted.open({ focus: "heading" });
  }

  equip(root, isNew = false) {
    const part = new Part(this, root, isNew);
    this.parts.set(part.place, part);
    if (part.id) this.lines.equip(root);
    return part;
  }

  template(name) {
    return document.querySelector(`template[data-template=${name}]`).content.cloneNode(true);
  }

  /** What comes when it is first wanted; nothing without a connection, which is said. The next wish tries again. */
  async fetched(load) {
    try {
      return await load();
    } catch {
      this.status.say("note", gettext("This cannot be reached just now. Try again when there is a connection."));
      return null;
    }
  }

  /** All that writing takes, once it has come: `tools`. */
  async toWrite() {
    this.tools ??= await this.fetched(() => import("./writing.js"));
    return this.tools;
  }

  // --- what is not saved -------------------------------------------------------------------------------------------

  unsaved() {
    return [...this.parts.values()].filter((part) => part.isUnsaved);
  }

  /** Whether everything is saved in the end. */
  async saveAll() {
    await Promise.all(this.unsaved().map((part) => part.save()));
    await this.order.saveAll();
    return !this.unsaved().length && !this.order.moved.size;
  }

  unsavedFields() {
    const fields = this.unsaved().map((part) => [part.place, part.words]);
    return [...fields, ["cards", this.lines.ids("card").join(" ")], ["faqs", this.lines.ids("faq").join(" ")]];
  }

  // --- what parts tell ---------------------------------------------------------------------------------------------

  changed(part) {
    this.preview?.changed();
    this.preview?.follow(part.place);
  }

  opened(part) {
    this.preview?.follow(part.place);
    this.pulse.place = part.place;
  }

  showDetails(value) {
    const isOther = this.lines.numbering !== value.numbering;
    this.lines.numbering = value.numbering;
    if (isOther) this.lines.number("card");
    const told = JSON.stringify(value);
    if (this.details && this.details !== told) {
      this.fetched(async () => (await import("./details.js")).show(this.root, value, this.parts.get("details").form));
    }
    this.details = told;
  }
}

const root = document.querySelector("[data-desk]");
if (root) new Desk(root).start();
