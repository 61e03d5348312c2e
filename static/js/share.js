/* Shares the permanent address of a fact or an article: by the device's share dialog where it has one, else by copying.
   And copies what a button holds, or what lies at its address. */
const SHOWN = 3000; // milliseconds for which a button shows the result

const status = document.querySelector("[data-said]");
const canonical = document.querySelector("link[rel=canonical]");

async function share(button) {
  const url = new URL(button.dataset.share, canonical.href).href;
  try {
    if (navigator.share) return await navigator.share({ title: document.title, url });
  } catch (error) {
    if (error.name === "AbortError") return null; // the reader cancelled
  }
  try {
    await navigator.clipboard.writeText(url);
    return showResult(button, status.dataset.copied);
  } catch {
    return showResult(button, status.dataset.failed);
  }
}

async function copy(button) {
  const { copyText } = await import("./later/copy.js");
  showResult(button, (await copyText(button)) ? status.dataset.textCopied : status.dataset.textFailed);
}

function showResult(button, text) {
  button.dataset.words ??= button.textContent;
  button.textContent = text;
  status.textContent = text;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => {
    button.textContent = button.dataset.words;
    status.textContent = "";
  }, SHOWN);
}

for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = false;
  button.addEventListener("click", () => share(button));
}
for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
