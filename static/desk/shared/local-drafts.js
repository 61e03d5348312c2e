// Unsaved text in localStorage, per account and article (or other form), until it is saved or the account signs out.
// One entry a part: { fields (URL-encoded), token, unconfirmed, isNew, position, at }; of a whole form { fields, id, at }.

const PREFIX = "fanguide:desk:";
const FORMS = "form:"; // what stands before the address in the key of a form

export class LocalDrafts {
  constructor(account, article) {
    this.prefix = `${PREFIX}${account}:${article}:`;
  }

  /** Those of a form that is sent to this address. */
  static ofForm(account, path) {
    return new LocalDrafts(account, `${FORMS}${path}`);
  }

  /** Whether it was stored: localStorage may be full or forbidden, and the writer is told so. */
  store(place, entry) {
    try {
      localStorage.setItem(this.prefix + place, JSON.stringify({ ...entry, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  /** null where nothing is stored. */
  get(place) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + place));
    } catch {
      return null;
    }
  }

  remove(place) {
    try {
      localStorage.removeItem(this.prefix + place);
    } catch {
      // Where localStorage is forbidden there is nothing to remove.
    }
  }

  /** [place, entry] pairs in the order of the outline, so that positions stay right while they are restored. */
  all() {
    const entries = storedKeys(this.prefix).map((key) => [key.slice(this.prefix.length), JSON.parse(localStorage.getItem(key))]);
    return entries.sort(([, one], [, other]) => one.position - other.position);
  }
}

export const countDrafts = (account) => storedKeys(`${PREFIX}${account}:`).length;

export function deleteDrafts(account) {
  for (const key of storedKeys(`${PREFIX}${account}:`)) localStorage.removeItem(key);
}

/** Removes the drafts of the forms with these ids: the server has saved them. */
export function deleteSaved(account, ids) {
  for (const key of storedKeys(`${PREFIX}${account}:${FORMS}`)) {
    if (ids.has(JSON.parse(localStorage.getItem(key)).id)) localStorage.removeItem(key);
  }
}

function storedKeys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
