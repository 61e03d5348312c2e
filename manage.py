#!/usr/bin/env python
"""Runs the site's commands; `manage.py help` lists them."""

from fanguide.__main__ import main

if __name__ == "__main__":
    main()
