"""The growth fuzzer by hand, for as long as wanted: see growth.py."""

from __future__ import annotations

import gc
import os
import sys
import time
from argparse import ArgumentParser

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
django.setup()

from tests.fuzz.growth import Growth, grown_too_fast, shapes  # noqa: E402
from tests.fuzz.targets import TARGETS  # noqa: E402


def main() -> None:
    """Prints what grows faster than it may as it is found, and the worst case of each target at the end."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of the processor")
    parser.add_argument("--length", type=int, default=200_000, help="of the longest text")
    parser.add_argument("--only", nargs="*", choices=list(TARGETS))
    parser.add_argument("--seed", default="", help="no single pieces, and these pairs")
    given = parser.parse_args()
    gc.freeze()
    worst: dict[str, Growth] = {}
    tried = 0
    for shape in shapes(given.seed):
        for name in given.only or TARGETS:
            if time.process_time() > given.seconds:
                break
            tried += 1
            found = grown_too_fast(name, shape, given.length)
            if found:
                print(found, flush=True)
                worst[name] = max(worst.get(name, found), found, key=lambda each: each.large)
        if time.process_time() > given.seconds:
            break
    print(f"{tried:,} cases in {time.process_time():.0f} s of the processor")
    for found in sorted(worst.values(), key=lambda each: -each.power):
        print("worst", found)
    sys.exit(bool(worst))


main()
