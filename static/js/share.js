/* Hands on the permanent address of a fact or an article: in the device's own way where it has one, else by copying. */
const SHOWN = 3000; // milliseconds for which a button says what it has done

const said = document.querySelector("[data-said]");
const here = document.querySelector("link[rel=canonical]");

async function share(button) {
  const url = new URL(button.dataset.share, here.href).href;
  try {
    if (navigator.share) return await navigator.share({ title: document.title, url });
  } catch (error) {
    if (error.name === "AbortError") return null; // the reader thought better of it
  }
  try {
    await navigator.clipboard.writeText(url);
    return tell(button, said.dataset.copied);
  } catch {
    return tell(button, said.dataset.failed);
  }
}

function tell(button, words) {
  button.dataset.words ??= button.textContent;
  button.textContent = words;
  said.textContent = words;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => {
    button.textContent = button.dataset.words;
    said.textContent = "";
  }, SHOWN);
}

for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = false;
  button.addEventListener("click", () => share(button));
}
