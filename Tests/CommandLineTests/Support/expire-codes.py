#!/usr/bin/env python3
"""Lets every open code of a server that is not running expire; prints how many: expire-codes.py FOLDER"""

import glob
import sqlite3
import sys

changed = 0
for path in glob.glob(sys.argv[1] + "/*.db"):
    database = sqlite3.connect(path)
    tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    if "code" in tables:
        changed += database.execute("UPDATE code SET expires_at = 1000").rowcount
    database.commit()
    database.close()
print(changed)
