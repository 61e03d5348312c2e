// What is not saved yet is kept on this device, for the account that wrote it, until it is saved or that account signs
// out. One entry a part: { fields (URL-encoded), token, unanswered, isNew, position, at }.

const PREFIX = "fanguide:desk:";

export class Keeper {
  constructor(account, article) {
    this.prefix = `${PREFIX}${account}:${article}:`;
  }

  /** Whether the device took it: a full or forbidden store is told, not hidden. */
  keep(place, entry) {
    try {
      localStorage.setItem(this.prefix + place, JSON.stringify({ ...entry, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  drop(place) {
    try {
      localStorage.removeItem(this.prefix + place);
    } catch {
      // A store that is forbidden holds nothing.
    }
  }

  /** [place, entry] pairs, those of the first lines first. */
  all() {
    const entries = keys(this.prefix).map((key) => [key.slice(this.prefix.length), JSON.parse(localStorage.getItem(key))]);
    return entries.sort(([, one], [, other]) => one.position - other.position);
  }
}

export const countOf = (account) => keys(`${PREFIX}${account}:`).length;

export function forget(account) {
  for (const key of keys(`${PREFIX}${account}:`)) localStorage.removeItem(key);
}

function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
