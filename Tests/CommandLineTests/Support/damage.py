#!/usr/bin/env python3
"""Overwrites the first bytes of a file: usage: damage.py FILE"""

import sys

with open(sys.argv[1], "r+b") as file:
    file.write(b"not a database".ljust(64, b"!"))
