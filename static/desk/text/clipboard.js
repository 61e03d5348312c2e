// What is pasted or dropped: words go to the desk's own rules of pasting, pictures to whoever takes pictures.

const holdsPictures = (data) => data.files.length > 0 && [...data.files].every(({ type }) => type.startsWith("image/"));

/** Event handlers for the editor of a TextField, after its options `paste` and `files`. */
export function clipboardHandlers(field) {
  const { files: onFiles, paste: onPaste } = field.options;
  let isPlain = false;
  return {
    keydown({ key, shiftKey, ctrlKey, metaKey }) {
      isPlain = key.toLowerCase() === "v" && shiftKey && (ctrlKey || metaKey);
      return false;
    },
    paste(event, { state }) {
      const data = event.clipboardData;
      if (!data || state.readOnly) return false;
      const text = data.getData("text/plain").replace(/\r\n?/g, "\n");
      // An editor for code holds Markdown or plain text; its HTML is only its colours.
      const html = isPlain || data.types.includes("vscode-editor-data") ? "" : data.getData("text/html");
      // Office programs put a picture of the words beside the words.
      if (onFiles && !text && holdsPictures(data)) return handled(event, () => onFiles(field, [...data.files]));
      if (!onPaste || !(text || html)) return false;
      return handled(event, () => onPaste(field.textarea, { text, html }));
    },
    drop(event, view) {
      if (!onFiles || view.state.readOnly || !event.dataTransfer || !holdsPictures(event.dataTransfer)) return false;
      field.select(lineEndAt(view, event));
      return handled(event, () => onFiles(field, [...event.dataTransfer.files]));
    },
  };
}

// A picture stands in a line of its own: it goes to the nearer end of the line that it is dropped on.
function lineEndAt(view, { clientX: x, clientY: y }) {
  const place = view.posAtCoords({ x, y }, false);
  const { from, to } = view.state.doc.lineAt(place);
  return place - from < to - place ? from : to;
}

function handled(event, act) {
  event.preventDefault();
  act();
  return true;
}
