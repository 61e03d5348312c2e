// URLs, and HTML from the clipboard: what pasting into a text and pasting a source have in common.

const TRACKERS = [
  /^www\.google\.[a-z.]+\/url$/,
  /^(lm?\.facebook\.com\/l\.php|l\.instagram\.com\/|www\.youtube\.com\/redirect|duckduckgo\.com\/l\/)$/,
  /\.safelinks\.protection\.outlook\.com\/$/,
];

export const isUrl = (text) => /^https?:\/\/[^\s<>"]+$/i.test(text.trim()) && URL.canParse(text.trim());

/** The target of a URL that search engines and mail programs wrap in a redirect to count clicks. */
export function unwrapRedirect(url) {
  if (!isUrl(url)) return url;
  const { host, pathname, searchParams } = new URL(url);
  const names = TRACKERS.some((tracker) => tracker.test(host + pathname)) ? ["q", "url", "u", "uddg"] : [];
  return names.map((name) => searchParams.get(name)).find((inner) => inner && isUrl(inner)) ?? url.trim();
}

/** Escaped for the round brackets of a Markdown link. */
export const linkDestination = (url) =>
  unwrapRedirect(url).replace(/[\s<>()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** Parses HTML of unknown origin. Style and event attributes are renamed first: each would make a policy report. */
export function parseForeignHtml(html) {
  const bare = html.replace(/<(style|script|xml)\b[^]*?<\/\1\s*>/gi, "");
  const tag = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
  const safe = bare.replace(tag, (found) => found.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
  return new DOMParser().parseFromString(safe, "text/html");
}
