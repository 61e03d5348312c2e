// All that writing takes: it comes with the first part that is opened (or soon after the page, before it is wanted).

export { enhance } from "../fields/fields.js";
export { clearErrors, cloned, fill, fillAgain, focusOn, glance, read } from "../fields/forms.js";
export { enhancePictureChoice } from "../library/pictures.js";
export { keptWords, left, sendAll } from "./saving.js";
