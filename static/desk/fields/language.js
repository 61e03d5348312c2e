// The language of an article's words: by it the browser checks their spelling, and sets the lines of some from the right.
// Fields that hold words bear `lang` from the server (articles/desk/writing/language_field.py).

const FROM_THE_RIGHT = ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo"];

/** An empty `language` is the site's. */
export function setLanguage(root, language) {
  const lang = language || document.documentElement.lang;
  for (const field of root.querySelectorAll(":is(input, textarea)[lang]")) Object.assign(field, { lang, dir: directionOf(lang) });
}

function directionOf(tag) {
  try {
    return FROM_THE_RIGHT.includes(new Intl.Locale(tag).maximize().script) ? "rtl" : "ltr";
  } catch {
    return "ltr"; // no language that anybody has heard of
  }
}
