// Marks words in closed parts, which are shown as readers will see them: by the browser's own highlights, which change
// nothing in the page. Words with marks of Markdown among them are not found there, and stay unmarked.

const NAME = "desk-comments";

/** pairs: [[part, thread]] */
export function highlight(pairs) {
  if (!globalThis.Highlight) return;
  const ranges = pairs.flatMap(([part, thread]) => (part && !part.isOpen ? rangesIn(part.root, thread) : []));
  CSS.highlights.set(NAME, new Highlight(...ranges));
}

function rangesIn(root, { field, quoted }) {
  const box = root.querySelector(field === "heading" || field === "question" ? "[data-open]" : "[data-body]");
  const nodes = box ? textNodes(box) : [];
  const from = nodes.map((node) => node.data).join("").indexOf(quoted);
  if (from < 0) return [];
  const range = new Range();
  range.setStart(...placeIn(nodes, from));
  range.setEnd(...placeIn(nodes, from + quoted.length));
  return [range];
}

function textNodes(box) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

function placeIn(nodes, offset) {
  let rest = offset;
  for (const node of nodes) {
    if (rest <= node.length) return [node, rest];
    rest -= node.length;
  }
  return [nodes.at(-1), nodes.at(-1).length];
}
