// All that writing takes: it comes with the first part that is opened (or soon after the page, before it is wanted).

export { enhance } from "./fields.js";
export { clearErrors, cloned, fill, fillAgain, focusOn, glance, read } from "./forms.js";
export { enhancePictureChoice } from "./pictures.js";
export { keptWords, left, sendAll } from "./saving.js";
