/* What the site remembers for a reader: on the device alone. Where a browser forbids that, nothing is remembered. */
const PREFIX = "fanguide:";

export function kept(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    if (value) localStorage.setItem(PREFIX + name, value);
    else localStorage.removeItem(PREFIX + name);
  } catch {
    // Forbidden or full: the page works as if for the first time.
  }
}
