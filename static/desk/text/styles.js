// How the field looks, as one constructed sheet that all fields share: a style element would break the site's policy.
// Colours are custom properties, which cross the shadow's boundary: --text-ink, -paper, -quiet, -accent, -soft, -edge and
// -wrong may be set on the host or anywhere above it; without them the desk's own are taken.

const RULES = `
:host { display: block; min-width: 0;
  --ink: var(--text-ink, var(--body-fg, CanvasText)); --paper: var(--text-paper, var(--body-bg, Canvas));
  --quiet: var(--text-quiet, var(--body-quiet-color, GrayText)); --accent: var(--text-accent, var(--primary, LinkText));
  --soft: var(--text-soft, var(--selected-bg, transparent)); --edge: var(--text-edge, var(--desk-edge, ButtonBorder));
  --wrong: var(--text-wrong, var(--error-fg, red)); }
:host([hidden]) { display: none; }
.cm-editor { color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: var(--text-radius, 6px); }
.cm-editor.cm-focused { outline: 3px solid var(--accent); outline-offset: 2px; }
:host([data-invalid]) .cm-editor { border-color: var(--wrong); }
:host([data-off]) .cm-editor { opacity: .7; }
.cm-editor .cm-scroller { font: inherit; line-height: 1.6; overflow-x: clip; max-height: var(--text-most, none); }
.cm-editor .cm-content { min-height: var(--text-height, 8rem); padding: .6rem 0; caret-color: var(--ink); min-width: 0; }
.cm-editor .cm-line { padding: 0 .75rem; unicode-bidi: plaintext; }
.cm-editor .cm-placeholder, .ghost { color: var(--quiet); }
.ghost { font-style: italic; }

.sign, .attribution-sign { color: var(--quiet); }
.bold { font-weight: 700; }
.italic { font-style: italic; }
.struck { text-decoration: line-through; }
.code { font-family: ui-monospace, monospace; font-size: .92em; background: var(--soft); border-radius: 3px; }
.link { color: var(--accent); text-decoration: underline; text-underline-offset: .15em; }
.missing { color: var(--quiet); border: 1px dashed var(--edge); border-radius: 4px; }
.picture { display: inline-block; vertical-align: top; max-width: min(100%, 24rem); max-height: 16rem; width: auto; height: auto; margin-block: .25rem; border-radius: 6px; }

.cm-editor .heading { font-size: 1.15em; font-weight: 700; line-height: 1.35; padding-block: .3em; }
.cm-editor .quotation { border-inline-start: 3px solid var(--accent); background: var(--soft); margin-inline-start: .75rem; padding-inline-start: 1.6rem; text-indent: -1.1rem; }
.quote-sign { display: inline-block; inline-size: .8rem; text-indent: 0; color: transparent; }
.open .quote-sign { color: var(--quiet); }
.cm-editor .attribution { color: var(--quiet); font-size: .92em; padding-inline-start: 2.6rem; }
.cm-editor .item { padding-inline-start: 2.35rem; text-indent: -1.6rem; }
.cm-editor .item.deep { padding-inline-start: 3.95rem; }
.bullet, .number { display: inline-block; min-inline-size: 1.6rem; text-indent: 0; }
.number { min-inline-size: 1.3rem; } /* the space behind it is text: what is composed there must not stand in it */
.bullet { color: var(--accent); text-align: center; }
.number { color: var(--quiet); font-variant-numeric: tabular-nums; }
.cm-editor .rule { background: linear-gradient(var(--edge), var(--edge)) center / calc(100% - 1.5rem) 1px no-repeat; }
.cm-editor :is(.code-line, .table-line) { font-family: ui-monospace, monospace; font-size: .92em; }
.cm-editor .code-line { background: var(--soft); }
.cm-editor .cm-specialChar { color: var(--wrong); }

.range { border-radius: 2px; }
.comment, .placeholder { background: var(--text-comment, light-dark(#fff1b8, #4d4208)); box-shadow: inset 0 -2px var(--text-comment-edge, light-dark(#9a7400, #d9b73c)); }
.range.current { outline: 2px solid var(--accent); }
.claim { box-shadow: inset 0 -2px var(--accent); }
.spoiler { background: var(--soft); }
.suggestion { background: var(--text-suggestion, light-dark(#dcf3e8, #0d3a2a)); }
.found { background: var(--text-found, light-dark(#ffd9a8, #5c3a05)); }
.problem { text-decoration: underline wavy var(--wrong); text-decoration-skip-ink: none; text-underline-offset: .2em; }
.advice { text-decoration: underline dotted var(--quiet) 2px; }

.note { margin: .35rem 0 0; color: var(--wrong); font-size: .9em; }
.note:empty { display: none; }
@media (forced-colors: active) {
  .quote-sign { color: Canvas; }
  .open .quote-sign { color: GrayText; }
  .range { text-decoration: underline 2px; }
  .comment, .placeholder, .suggestion, .found { background: Mark; color: MarkText; }
  .cm-editor .rule { border-block-end: 1px solid CanvasText; }
}
`;

let sheet = null;

/** The one sheet for the shadow roots of all fields. */
export function styleSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(RULES);
  }
  return sheet;
}
