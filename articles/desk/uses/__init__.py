"""One fact in several articles: finding one to tell again, its link to the original, corrections that travel."""
