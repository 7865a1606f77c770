"""Every code of errors.md was met by the cases that ran before: what cannot be provoked is named here."""

from kossync.tables import CODES, MET
from suite import Failed, Group

group = Group("errors", needs_server=False)

# Codes that no case provokes, and why.
NOT_PROVOKED = {
    "DECLINED": "no verdict has it: a client notes it when a person refused what waited",
    "AWAITED": "nothing is awaited but what a device that heals has listed",
}


def _met(name):
    if name not in MET:
        raise Failed("no case met it; run them all, or say in NOT_PROVOKED why none can")


for _name in CODES:
    if _name not in NOT_PROVOKED:
        group.add(f"{_name} was met", lambda world, name=_name: _met(name))
