// The small door to the text field, for the scripts that are on the page at once: the editor behind it is large and comes
// when a body is first opened.

const mounted = new WeakMap();

/** The TextField that took a textarea's place; undefined for a textarea that is still one. */
export const fieldOf = (textarea) => mounted.get(textarea);

/** Fetches the editor, which may be done before it is wanted. Rejects without a connection; the next wish asks again. */
export const loadTextField = () => import("./field.js");

/**
 * Puts the editor in the place of a textarea. Gives the TextField, or null: without a connection, or when
 * `options.isWanted()` says that it has become too late. Then the textarea stays.
 */
export async function openTextField(textarea, { isWanted = () => true, ...options } = {}) {
  const module = await loadTextField().catch(() => null);
  const ended = () => mounted.delete(textarea);
  if (module && !mounted.has(textarea) && isWanted()) {
    mounted.set(textarea, module.mountTextField(textarea, { ...options, ended }));
  }
  return fieldOf(textarea) ?? null;
}
