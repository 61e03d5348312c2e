// Web addresses, and the HTML in which they come: what pasting into a text and pasting a source have in common.

const COUNTERS = [
  /^www\.google\.[a-z.]+\/url$/,
  /^(lm?\.facebook\.com\/l\.php|l\.instagram\.com\/|www\.youtube\.com\/redirect|duckduckgo\.com\/l\/)$/,
  /\.safelinks\.protection\.outlook\.com\/$/,
];

export const isAddress = (text) => /^https?:\/\/[^\s<>"]+$/i.test(text.trim()) && URL.canParse(text.trim());

/** The address itself, out of the wrapper in which search engines and mail programs count clicks. */
export function unwrapped(address) {
  if (!isAddress(address)) return address;
  const { host, pathname, searchParams } = new URL(address);
  const names = COUNTERS.some((counter) => counter.test(host + pathname)) ? ["q", "url", "u", "uddg"] : [];
  return names.map((name) => searchParams.get(name)).find((inner) => inner && isAddress(inner)) ?? address.trim();
}

/** As it stands between the round brackets of a link in Markdown. */
export const destination = (address) =>
  unwrapped(address).replace(/[\s<>()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** Foreign HTML as a document. Styles get another name first, for the site's policy reports each one that is parsed. */
export function parsed(html) {
  const bare = html.replace(/<(style|script|xml)\b[^]*?<\/\1\s*>/gi, "");
  const tag = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
  const safe = bare.replace(tag, (found) => found.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
  return new DOMParser().parseFromString(safe, "text/html");
}
