"""Chains, journals, Merkle roots and holdings (README 3)."""

import hashlib


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def u64(number):
    return number.to_bytes(8, "big")


def chain_start(tenant, record, actor):
    return sha256(b"kos.record.v1", tenant, record, u64(actor))


def chain_next(before, header, payload):
    """`header` is the canonical encoding, `payload` the bytes as received."""
    return sha256(b"kos.change.v1", before, sha256(header), sha256(payload))


def journal_start(tenant, actor):
    return sha256(b"kos.journal-start.v1", tenant, u64(actor))


def journal_next(before, change_digests):
    return sha256(b"kos.journal.v1", before, *change_digests)


def merkle_root(leaves):
    """RFC 9162 section 2.1.1."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return sha256(b"\x00", leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01", merkle_root(leaves[:split]), merkle_root(leaves[split:]))


def push_root(entries, journal, heads):
    """`heads`: (number, digest) of the actor's last change in each record that the push moves."""
    leaves = [b"journal" + u64(entries) + journal]
    for record, (number, digest) in sorted(heads.items()):
        leaves.append(b"record" + record + u64(number) + digest)
    return merkle_root(leaves)


def holdings(held):
    """`held`: from record to generation."""
    return sha256(
        b"kos.holdings.v1", *(record + u64(generation) for record, generation in sorted(held.items()))
    )
