// Opening or closing all parts at once.

const BATCH = 20; // forms opened without a pause

export async function openAll(desk, open) {
  let count = 0;
  for (const part of [...desk.parts.values()]) {
    if (!part.id || part.isOpen === open) continue;
    if (open) await part.open();
    else part.close();
    // Lets the browser draw and take input now and then: there may be hundreds of parts.
    count += 1;
    if (count % BATCH === 0) await new Promise((resolve) => setTimeout(resolve));
  }
}
