"""The tables of errors.md and limits.md, read from the pages themselves."""

import re

from .schema import PROTOCOL


def _rows(page, columns):
    for line in (PROTOCOL / page).read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) >= columns:
            yield cells


def _codes():
    for cells in _rows("errors.md", 6):
        if cells[0].isdigit():
            yield cells[1].strip("`"), int(cells[0])


def _limits():
    for cells in _rows("limits.md", 5):
        name = re.fullmatch(r"`(\w+)`", cells[0])
        if name:
            yield name[1], int(cells[1].replace(",", ""))


CODES = dict(_codes())
NAMES = {number: name for name, number in CODES.items()}
LIMITS = dict(_limits())
# The names of the codes that a server has sent to this process.
MET = set()


def code_name(number):
    """The name of a code that came from a server; its number when errors.md does not have it."""
    name = NAMES.get(number, str(number))
    MET.add(name)
    return name


class Refusal(Exception):
    """Bytes or a message that the protocol says to refuse, with the name of the code."""

    def __init__(self, code, why=""):
        if code not in CODES:
            raise ValueError(f"{code} is no code of errors.md")
        super().__init__(f"{code}: {why}" if why else code)
        self.code = code


def malformed(why):
    return Refusal("MALFORMED", why)


def unsupported(why):
    return Refusal("UNSUPPORTED", why)
