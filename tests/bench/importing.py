"""Seconds of CPU for reading hostile and long documents: python -m tests.bench.importing (the aim: 2 s per megabyte)"""

from __future__ import annotations

import os
import time

import django

from articles import importing

LINES = {
    "5,000 numbered lines, text": ("text", "".join(f"{n}. A heading\nA body of some words.\n" for n in range(1, 5001))),
    "5,000 numbered headings, Markdown": (
        "markdown",
        "".join(f"## {n}. A heading\n\nA body.\n\n" for n in range(1, 5001)),
    ),
    "a million characters on one line": ("text", f"1. One\n{'a' * 1_000_000}\n2. Two\nb\n"),
    "20,000 lines of one item, Markdown": ("markdown", "1. Heading\n" * 20_000),
    "25,000 bullets, Markdown": ("markdown", "1. One\n\n" + "- a\n" * 25_000 + "\n2. Two\n\nb\n"),
    "a million brackets, Markdown": ("markdown", f"1. One\n\n{'[' * 1_000_000}\n\n2. Two\n\nb\n"),
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()
    for name, (kind, text) in LINES.items():
        began = time.process_time()
        try:
            outcome = f"{len(importing.read_text(text, kind=kind).document.cards)} cards"
        except importing.ImportRefused:
            outcome = "refused"
        print(f"{name:36} {len(text) / 1e6:5.2f} MB {time.process_time() - began:6.2f} s  {outcome}")


if __name__ == "__main__":
    main()
