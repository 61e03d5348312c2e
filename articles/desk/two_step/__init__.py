"""Two-step log-in: asking for the code, the page on which an account sets it up, and the guard before every page."""
