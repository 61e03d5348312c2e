// The field that looks for a subject, on pages that have no other field of an article.

import { setUpSubjectSearch } from "./subject-search.js";

for (const field of document.querySelectorAll("input[data-subject-search]")) setUpSubjectSearch(field);
