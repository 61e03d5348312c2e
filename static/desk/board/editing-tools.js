// Everything that a form needs, as one import: loaded with the first form, or soon after the page, before the network may go.

export { closeFields, enhance } from "../fields/fields.js";
export { clearErrors, cloneTemplate, fill, fillFromEncoded, focusOn, read, summaryOf } from "../fields/part-form.js";
export { enhancePictureChoice } from "../library/picture-choice.js";
export { onDeletedElsewhere, onFormLeft, sendAll } from "./saving.js";
