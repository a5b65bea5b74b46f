"""Writes what a Python process does to the file that ``DECKRULES_AUDIT`` names; Python imports this when it starts."""

import json
import os
import sys

WATCHED = ("import", "open", "sqlite3.connect", "ctypes.dlopen")
WATCHED_GROUPS = ("os.", "shutil.", "socket.", "subprocess.", "urllib.", "ftplib.", "smtplib.", "http.")

log = os.open(os.environ["DECKRULES_AUDIT"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def audit(event, arguments):
    if event in WATCHED or event.startswith(WATCHED_GROUPS):
        os.write(log, json.dumps([event, *map(str, arguments)]).encode() + b"\n")


sys.addaudithook(audit)
