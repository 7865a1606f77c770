"""The notation of Protocol/vectors/README.md, in both directions."""

import json
import uuid

from kossync.content import ACTIONS, RANK, TEXT, Value, edit, rank
from kossync.edits import INSERT_AT_START, NAMES, Step
from kossync.header import Facts, Header
from kossync.schema import PROTOCOL
from kossync.state import encode_kept

VECTORS = PROTOCOL / "vectors"


def load(name):
    return json.loads((VECTORS / name).read_text())


def ident(text):
    return uuid.UUID(text).bytes


def actor(text):
    return int(text, 16)


def hexes(texts):
    return [bytes.fromhex(text) for text in texts]


def header(told):
    creates = told.get("creates")
    return Header(
        ident(told["record"]), actor(told["actor"]), told["number"], ident(told["author"]),
        told["written_at"], {actor(entry["actor"]): entry["number"] for entry in told["version"]},
        facts(creates) if creates else None, bytes.fromhex(told.get("origin_digest", "")),
        audience_seen=tuple(
            (ident(seen["record"]), {actor(entry["actor"]): entry["number"] for entry in seen["version"]})
            for seen in told.get("audience_seen", [])
        ),
    )


def facts(told):
    return Facts(
        ident(told["tenant"]), ident(told["case"]), told["kind"], told["created"],
        tuple(map(ident, told["about"])), told["information_type"],
    )


def value(told):
    """A value as {type: content}."""
    [(kind, content)] = told.items()
    if kind == "text":
        return Value(kind, content.encode())
    if kind == "integer":
        return Value(kind, int(content))
    if kind == "identifier":
        return Value(kind, ident(content))
    if kind in ("bytes", "unknown"):
        return Value(kind, bytes.fromhex(content))
    return Value(kind, content)


def told_operation(operation):
    """An operation as payload.json tells it."""
    if not operation.is_known:
        return {"field": operation.field, "kind": operation.kind, "kept": encode_kept(operation).hex()}
    action = ACTIONS[operation.kind][operation.action]
    if operation.kind == TEXT:
        steps = [told_step(step) for step in operation.steps]
        return {"field": operation.field, "steps": steps, "text": operation.characters}
    if operation.kind == RANK:
        return {"field": operation.field, "rank": operation.value.content.hex()}
    return {"field": operation.field, action: told_value(operation.value)}


def told_value(one):
    content = one.content
    if one.type == "text":
        content = content.decode()
    elif one.type == "integer":
        content = str(content)
    elif one.type == "identifier":
        content = str(uuid.UUID(bytes=content))
    elif one.type in ("bytes", "unknown"):
        content = content.hex()
    return {one.type: content}


def told_step(step):
    told = {"step": NAMES[step.step], "length": step.length}
    if step.step != INSERT_AT_START:
        told["index"] = step.index
    if step.change:
        told["change"] = told_change(step.change)
    return told


def told_change(change):
    return {"actor": f"{change[0]:016x}", "number": change[1]}


def told_run(run):
    parent = {**told_change(run.parent[0]), "index": run.parent[1]} if run.parent else ""
    return {
        "change": told_change(run.change), "index": run.index, "length": run.length, "deleted": run.deleted,
        "left": run.left, "parent": parent,
    }


def operation(told):
    """An edit or a rank, as text-edit.json tells it."""
    if "rank" in told:
        return rank(told["field"], bytes.fromhex(told["rank"]))
    steps = []
    for one in told["steps"]:
        [number] = [number for number, name in NAMES.items() if name == one["step"]]
        named = one.get("change")
        change = (actor(named["actor"]), named["number"]) if named else None
        steps.append(Step(number, one["length"], one.get("index", 0), change))
    return edit(told["field"], steps, told["text"])
