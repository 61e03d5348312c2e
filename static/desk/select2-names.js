// Gives select2's boxes and their search fields the name of the label that they stand for; select2 leaves them unnamed.

function labelOf(select) {
  const label = select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  return label ? label.textContent.replace(/:\s*$/, "").trim() : "";
}

function name(select) {
  const box = select.nextElementSibling?.querySelector(".select2-selection");
  const label = labelOf(select);
  if (!box || !label) return;
  const chosen = box.querySelector(".select2-selection__rendered");
  box.removeAttribute("aria-labelledby");
  box.setAttribute("aria-label", chosen?.title ? `${label}: ${chosen.title}` : label);
  for (const attribute of ["role", "aria-readonly"]) chosen?.removeAttribute(attribute); // one control is enough
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", label);
}

function nameAll() {
  document.querySelectorAll("select.select2-hidden-accessible").forEach(name);
}

const jquery = window.django?.jQuery;
if (jquery) {
  jquery(document).on("select2:open", (event) => {
    for (const field of document.querySelectorAll(".select2-container--open .select2-search__field")) {
      field.setAttribute("aria-label", labelOf(event.target));
    }
    for (const list of document.querySelectorAll(".select2-container--open .select2-results__options")) {
      list.setAttribute("aria-label", labelOf(event.target));
    }
  });
  jquery(document).on("change select2:close", (event) => name(event.target));
  jquery(nameAll); // after the stock scripts, which also wait for the document
}
