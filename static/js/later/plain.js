/* A name as somebody may type it: without case, accents, spaces and hyphens. */
export const plain = (text) => text.normalize("NFKD").replace(/[\p{M}\s-]/gu, "").toLowerCase();
