/* localStorage for what the site remembers of a reader, on the device alone. Where a browser forbids it, nothing is stored. */
const PREFIX = "fanguide:";

export function load(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function store(name, value) {
  try {
    if (value) localStorage.setItem(PREFIX + name, value);
    else localStorage.removeItem(PREFIX + name);
    return true;
  } catch {
    return false; // forbidden or full
  }
}
