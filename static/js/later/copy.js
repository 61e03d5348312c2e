/* Copies the text that a button holds (data-copy), or that lies at its address (data-copy-from). */
export async function copyText(button) {
  try {
    // Safari lets a page copy only at the press itself, so what has yet to be fetched is given as a promise.
    const text = button.dataset.copy ? new Blob([button.dataset.copy], { type: "text/plain" }) : fetched(button);
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
    return true;
  } catch {
    return false;
  }
}

async function fetched(button) {
  const leaving = new AbortController();
  addEventListener("pagehide", () => leaving.abort(), { once: true, signal: leaving.signal });
  const response = await fetch(new URL(button.dataset.copyFrom).pathname, { signal: leaving.signal });
  if (!response.ok) throw new Error(response.statusText);
  return new Blob([await response.text()], { type: "text/plain" });
}
