"""The word itself, apart from canary.py, which wants Django set up."""

CANARY = "qanary"
