"""Markdown to safe HTML, plain text, emoji, slugs, keys, episode numbers and public ids: text in, values out."""
