"""`fanguide COMMAND`, or `python -m fanguide COMMAND`: what manage.py is in a checkout, for an installed site."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
