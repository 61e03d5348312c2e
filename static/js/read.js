/* Tells the site once that the article was looked at for a while: a request to a neighbouring address, without words.
   A page that is drawn beforehand, or left in the background, is not in sight. */
const LONG_ENOUGH = 10_000; // milliseconds in sight, without a pause

let timer;

function watch() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(tell, LONG_ENOUGH);
}

function tell() {
  document.removeEventListener("visibilitychange", watch);
  navigator.sendBeacon?.("read");
}

if (!navigator.globalPrivacyControl && navigator.doNotTrack !== "1") {
  document.addEventListener("visibilitychange", watch);
  watch();
}
