"""Texts that two people write in at once (text.md 1 to 4)."""

import os
import random

from kossync import edits, strict, text_state
from kossync.content import NULL, TEXT, Operation, Payload, assign, edit, member, text
from kossync.edits import DELETE, INSERT_AFTER, INSERT_AT_START, INSERT_BEFORE, Step, varint
from kossync.merge import Context, Fields, Origin
from kossync.schema import pb
from kossync.state import Head, Record
from kossync.text import RIGHT, ROOT, Editor, Text, Writing
from suite import Group, expect, expect_refusal, expect_true
from world import BODY, accepted

from .alike import alike, seen, together
from .payloads import readable

group = Group("texts")


@group.case("what two people write in one place at once is not mixed, and is the same everywhere")
def _(world):
    device, other, family = world.colleagues()
    record = world.note(device, family, "Mother tired. Father at work.")
    other.until(lambda: record in other.records)
    for word in "She sleeps badly. ".split(" "):
        if word:
            device.edit(record, BODY, len(device.text(record, BODY)), 0, " " + word)
    for letter in reversed("Åse 🧸 "):  # backwards, one change a letter
        other.edit(record, BODY, 29, 0, letter)
    together(record, device, other)
    expect(device.text(record, BODY), other.text(record, BODY))
    expect_true(device.text(record, BODY) in (
        "Mother tired. Father at work. She sleeps badly.Åse 🧸 ",
        "Mother tired. Father at work.Åse 🧸  She sleeps badly.",
    ), device.text(record, BODY))
    alike(world, record, device, other)


@group.case("a passage that one takes out and another writes in keeps what was written")
def _(world):
    device, other, family = world.colleagues()
    record = world.note(device, family, "one two three")
    other.until(lambda: record in other.records)
    device.edit(record, BODY, 4, 4, "")
    other.edit(record, BODY, 7, 0, " and a half")
    together(record, device, other)
    expect(other.text(record, BODY), "one  and a halfthree")
    alike(world, record, device, other)


@group.case("what is deleted is in no state any more, and keeps its place")
def _(world):
    device, other, family = world.colleagues()
    record = world.note(device, family, "seen canary seen")
    other.until(lambda: record in other.records)
    device.edit(record, BODY, 5, 7, "")
    other.edit(record, BODY, 6, 4, "")  # within it: deleting what is deleted has no effect
    other.edit(record, BODY, 6, 0, "|")
    together(record, device, other)
    expect(device.text(record, BODY), "seen |seen")
    sent = alike(world, record, device, other)[BODY]
    expect_true(b"canary" not in sent and b"anar" not in sent, "the deleted word")
    expect(sum(run.length for run in runs_of(device, record)), 17, "places")
    device.edit(record, BODY, 0, 10, "")
    accepted(device)
    expect(device.text(record, BODY), "")
    sent = alike(world, record, device)[BODY]
    expect(pb.TextContent.FromString(sent).writings, b"", "nobody wrote what is shown")
    device.edit(record, BODY, 0, 0, "anew")
    together(record, device, other)
    expect(other.text(record, BODY), "anew")
    alike(world, record, device, other)


def runs_of(device, record):
    return text_state.runs_of(device.records[record].fields.texts[BODY])


@group.case("a state that entered goes on as the one that grew")
def _(world):
    device, family = world.desk()
    record = world.note(device, family, "abc")
    for position, length, words in ((1, 1, "-"), (0, 0, "("), (4, 0, ")"), (2, 1, ""), (2, 0, "+")):
        device.edit(record, BODY, position, length, words)
    accepted(device)
    late = world.second_device(device).follow()
    late.edit(record, BODY, 1, 2, "goes on")
    device.edit(record, BODY, 3, 0, "here")
    together(record, device, late)
    alike(world, record, device, late)


@group.case("several edits at several places are one change; texts of several fields too")
def _(world):
    device, other, family = world.colleagues()
    record = world.note(device, family, "The quick brown fox")
    first = device.editor(record, BODY)
    first.insert(19, " jumps").delete(4, 6).insert(4, "slow ").delete(0, 3).insert(0, "A").insert(7, "ish")
    second = device.editor(record, 7).insert(0, "title").delete(1, 3).insert(1, "urt").delete(0, 2)
    device.write(record, first.operation(BODY), second.operation(7), assign(BODY, text("a register")))
    together(record, device, other)
    expect([other.text(record, number) for number in (BODY, 7)], [first.text.read(), second.text.read()])
    expect(other.shown(record, BODY), [text("a register")], "the register of the same number")
    alike(world, record, device, other)


def strewn(random_, device, record, number):
    """An edit whose steps name what they like of what is there: a receiver takes any place."""
    own, put, steps = (device.actor, device.journal.next_number(record)), 0, []
    counts = dict(device.fields(record).texts.get(number, Text()).counts)
    for _ in range(random_.randrange(1, 5)):
        change = random_.choice([*counts]) if counts else None
        count = counts[change] if change else 0
        step, length = random_.randrange(4), random_.randrange(1, 4)
        if not count:
            step = INSERT_AT_START
        index = random_.randrange(count) if count else 0
        if step == DELETE:
            length = min(length, count - index)
        named = None if change == own or step == INSERT_AT_START else change
        steps.append(Step(step, length, 0 if step == INSERT_AT_START else index, named))
        if step != DELETE:
            put += length
            counts[own] = put
    return edit(number, steps, "".join(random_.choice("abæ🧸\0") for _ in range(put)))


def _any_place(world, seed):
    random_ = random.Random(seed)
    device, other, family = world.colleagues()
    devices = [device, other, world.second_device(other).follow()]
    record = world.note(device, family, "start")
    for _ in range(12):
        for one in devices:
            one.until(lambda d=one: record in d.records)
            if random_.random() < 0.7:
                one.write(record, strewn(random_, one, record, random_.choice((BODY, 2))))
            if random_.random() < 0.3:
                accepted(one)
        if random_.random() < 0.3:
            together(record, *devices)
    together(record, *devices)
    alike(world, record, *devices)
    expect([live for one in devices for live in one.records[record].fields.live.values()], [], "waiting")


for _seed in range(8):
    group.add(f"edits at any place give the server's tree and runs, to the byte, seed {_seed}",
              lambda world, seed=_seed: _any_place(world, seed))


@group.case("an edit that names what is not there is CAUSALITY, changes nothing, and the next is taken")
def _(world):
    device, other, family = world.colleagues()
    record = world.note(device, family, "abcdef")
    other.until(lambda: record in other.records)
    own = (device.actor, 1)
    device.edit(record, BODY, 0, 0, "x")
    accepted(device)
    device.edit(record, BODY, 0, 0, "y")
    device.write(record, edit(BODY, [Step(DELETE, 1, 0, own)], ""))  # puts nothing in
    accepted(device)
    state = device.records[record].encode()
    for name, steps, number in (
        ("a change that never was", [Step(INSERT_AFTER, 1, 0, (4711, 1))], BODY),
        ("a number to come", [Step(INSERT_AFTER, 1, 0, (device.actor, 99))], BODY),
        ("one index too far", [Step(INSERT_BEFORE, 1, 6, own)], BODY),
        ("a deletion that goes on too long", [Step(INSERT_AT_START, 1), Step(DELETE, 2, 5, own)], BODY),
        ("a change that put nothing in", [Step(INSERT_AFTER, 1, 0, (device.actor, 4))], BODY),
        ("characters of another field", [Step(INSERT_AFTER, 1, 0, own)], 2),
        ("the greatest index", [Step(INSERT_AFTER, 1, 2**32 - 2, own)], BODY),
        ("the greatest length", [Step(DELETE, 2**32 - 1, 0, own), Step(INSERT_AT_START, 1)], BODY),
    ):
        device.write(record, edit(number, steps, "!"), assign(2, text("canary")))
        expect(device.push(), "CAUSALITY", name)
    expect(device.records[record].fields.texts, Record.read(state).fields.texts, "texts")
    device.edit(record, BODY, 0, 0, "z")
    together(record, device, other)
    expect(other.text(record, BODY), "zyxbcdef")
    expect(other.shown(record, 2), [])
    alike(world, record, device, other)


@group.case("an edit that names a change beyond its own vector, or a void one, is CAUSALITY")
def _(world):
    device, other, family = world.colleagues()
    record = world.note(device, family, "abc")
    other.until(lambda: record in other.records)
    device.edit(record, BODY, 3, 0, "d")
    accepted(device)
    refused = device.editor(record, BODY).insert(4, "refused").operation(BODY)
    device.write(record, refused, author=bytes(16))
    expect(device.push(), "WRONG_AUTHOR")
    other.until(lambda: seen(other, record) == {device.actor: 2})
    device.write(record, edit(BODY, [Step(INSERT_AFTER, 1, 0, (device.actor, 3))], "x"))
    expect(device.push(), "CAUSALITY", "a void one")
    late = edit(BODY, [Step(INSERT_AFTER, 1, 0, (device.actor, 2))], "x")
    other.write(record, late, version={device.actor: 1})
    expect(other.push(), "CAUSALITY", "beyond the vector")
    other.write(record, late)
    together(record, other)
    device.until(lambda: seen(device, record).get(other.actor) == 2)
    expect(device.text(record, BODY), "abcdx")
    alike(world, record, device, other)


@group.case("edits that are written otherwise than the shortest way are taken as the same")
def _(world):
    device, family = world.desk()
    record = world.note(device, family, "abc")
    actor = device.actor.to_bytes(8, "little")
    for name, steps, words in (
        ("a long varint", "0001" + "878000", "x"),
        ("a change in the list twice", (b"\2\2" + actor + b"\3\1\4\1\1").hex(), "x"),
        ("a change in the list that no step names", (b"\1\2" + actor + b"\1\7").hex(), "x"),
        ("the current change told as another", "0002070401" + "00", "xy"),
    ):
        device.write(record, edit(BODY, (), words, bytes.fromhex(steps)))
        expect(device.push(), None, name)
    expect(device.text(record, BODY), "abcxxxxy")
    alike(world, record, device)


@group.case("edits that cannot be are INVALID_CONTENT, here and there")
def _(world):
    device, family = world.desk()
    record = world.note(device, family, "abc")
    actor, own = device.actor.to_bytes(8, "little"), (device.actor, 1)
    one = edit(BODY, [Step(INSERT_AT_START, 1)], "x")

    def raw(steps, words="x"):
        return edit(BODY, (), words, steps)

    for name, operations in (
        ("no steps", [raw(b"")]), ("no count of steps", [raw(b"\0")]),
        ("a step of nothing", [raw(b"\0\1\3")]),
        ("as the actor before, first", [raw(b"\1\3\1\4\1\1")]),
        ("change number 0", [raw(b"\1\0" + actor + b"\1\4\1\1")]),
        ("a number beyond highest_number", [raw(b"\1" + varint(2**50) + actor + b"\1\4\1\1")]),
        ("an actor that ends early", [raw(b"\1\2" + actor[:-1])]),
        ("a name that ends early", [raw(b"\1\2" + actor + b"\1\4")]),
        ("an index below 0", [raw(b"\1\2" + actor + b"\1\4\3\1")]),
        ("index 2^32 - 1", [edit(BODY, [Step(INSERT_AFTER, 1, 2**32 - 1, own)], "x")]),
        ("a deletion beyond 2^32 - 1", [edit(BODY, [Step(DELETE, 2**32 - 1, 1, own)], "")]),
        ("a varint of eleven bytes", [raw(b"\0\1" + b"\x87" + b"\x80" * 9 + b"\0")]),
        ("two edits of one field", [one, one]),
        ("a value that is no text", [Operation(BODY, TEXT, 0, NULL, one.shape)]),
        ("another action", [Operation(BODY, TEXT, 0, one.value, one.shape + b"\x18\1")]),
        ("steps of a register", [Operation(2, 1, 0, text("x"), b"\x08\2" + member(15, b"\0\1\7"))]),
        ("a field to come", [Operation(BODY, TEXT, 0, one.value, one.shape + member(16, b""))]),
    ):
        payload = Payload(os.urandom(16), tuple(operations)).encode()
        expect_true(not readable(payload), f"{name} was read")
        device.write(record, payload=payload)
        expect(device.push(), "INVALID_CONTENT", name)
    expect(device.records[record].fields.texts[BODY].read(), "abc")


# --- What waits, and origins: the state alone ---


def _change(actor, number, operations, origin=None):
    version = {actor: number - 1} if number > 1 else {}
    return Context(actor, number, version, b"A" * 16, 7, None, origin), operations


@group.case("an edit that names what is not here waits whole, in the state too, until all of it is there")
def _(world):
    start = _change(1, 1, [edit(1, [Step(INSERT_AT_START, 3)], "abc")])
    middle = _change(2, 1, [edit(1, [Step(INSERT_AFTER, 1, 2, (1, 1)), Step(DELETE, 1, 0, (1, 1))], "d")])
    last = _change(3, 1, [edit(1, [Step(INSERT_AT_START, 1), Step(INSERT_AFTER, 1, 0, (2, 1))], "!e")])
    whole = Fields()
    for change in (start, middle, last):
        whole.apply(*change)
    expect(whole.text(1), "bcde!")
    for order in ((last, middle, start), (middle, last, start), (last, start, middle)):
        record = Record(bytes(16), None, b"")
        for count, change in enumerate(order, 1):
            record.fields.apply(*change)
            record = reread(record)
            shown = {1: "", 2: "", 3: "bcde!"} if start not in order[:2] else {1: "", 2: "abc", 3: "bcde!"}
            expect(record.fields.text(1), shown[count])
        expect(record.fields.live, {}, "waiting")
        expect(record.fields.texts, whole.texts)
    beyond = [Step(INSERT_AT_START, 1), Step(INSERT_AFTER, 1, 3, (1, 1)), Step(DELETE, 2, 2, (1, 1))]
    whole.apply(*_change(4, 1, [edit(1, beyond, "xy")]))
    expect(whole.text(1), "bcde!", "one that names an index too many")
    expect(len(whole.live[1, TEXT]), 1, "waits")


def reread(record):
    """A record written as a client's store keeps it, and read again."""
    for actor, number in record.fields.version.items():
        record.heads[actor] = Head(number, bytes(32), None)
    again = Record.read(record.encode())
    expect(again.encode(), record.encode(), "written again")
    return again


@group.case("a change with an origin names what the original had seen, and what stands for it is found")
def _(world):
    start = _change(1, 1, [edit(1, [Step(INSERT_AT_START, 3)], "abc")])
    steps = [Step(INSERT_AFTER, 2, 0, (1, 1))]
    stands = _change(5, 1, [edit(1, steps, "XY")], Origin(9, 4, {1: 1}, b"O" * 16, 3))
    names = [Step(INSERT_AFTER, 1, 1, (9, 4)), Step(DELETE, 1, 1, (1, 1))]
    by_origin = _change(5, 2, [edit(1, names, "Z")], Origin(9, 5, {1: 1, 9: 4}, b"O" * 16, 4))
    record = Record(bytes(16), None, b"")
    for change in (start, stands, by_origin):
        record.fields.apply(*change)
    expect(record.fields.text(1), "acXYZ")
    record = reread(record)
    told = record.fields.texts[1]
    expect(told.originals, {(9, 4): (5, 1), (9, 5): (5, 2)})
    expect((told.writings[5, 1].account, told.writings[5, 1].written_at), (b"O" * 16, 3))
    # One without an origin means the change of that id alone, which put nothing in.
    record.fields.apply(*_change(6, 1, [edit(1, [Step(DELETE, 1, 0, (9, 4))], "")]))
    expect(len(record.fields.live[1, TEXT]), 1, "waits")


@group.case("after a fork a number means the author's own branch, or what stands for it")
def _(world):
    start = _change(1, 1, [edit(1, [Step(INSERT_AT_START, 3)], "abc")])
    other_branch = _change(9, 1, [edit(1, [Step(INSERT_AT_START, 2)], "##")])
    stands = _change(20, 1, [edit(1, [Step(INSERT_AT_START, 2)], "mn")], Origin(9, 1, {1: 1}, b"O" * 16, 3))
    take = [edit(1, [Step(DELETE, 1, 0, (9, 1))], "")]
    own, shared = _change(20, 2, take, Origin(9, 2, {1: 1}, b"O" * 16, 4)), _change(9, 2, take)
    fields = Fields()
    for change in (start, other_branch, stands, own):
        fields.apply(*change)
    expect(fields.text(1), "abc##n", "its own branch")
    fields.apply(*shared)
    expect(fields.text(1), "abc#n", "the branch that others have")
    fields.apply(*_change(20, 3, take, Origin(9, 3, {1: 1, 9: 1}, b"O" * 16, 5)))
    expect(fields.text(1), "abc#n", "what the original had seen of the log")


@group.case("times of receipt that cannot be told in 64 bits are told all the same, and only so")
def _(world):
    least, greatest = -(2**63), 2**63 - 1
    for written_at, received_at in (
        (0, greatest), (0, least), (0, least + 1), (0, greatest - 1), (greatest, least), (5, None), (5, 5),
        (least, greatest), (7, 6),
    ):
        one = Text()
        one.put(((1, 1), 0), ROOT, RIGHT, "x")
        one.writings[1, 1] = Writing(bytes(16), written_at, received_at)
        data = text_state.write_content(one)
        read, _ = text_state.read_content(data, {1: 1})
        expect(read, one, f"{written_at} {received_at}")
        expect(text_state.write_content(read), data)
    message = strict.read(pb.TextContent, data)
    message.writings = b"\0\0" + b"\1" + varint(2**64 - 3)
    expect_refusal("MALFORMED", text_state.read_content, strict.write(message), {1: 1})
    for told in (2**64 - 2, 2**64 - 1):
        message.writings = b"\0\0" + b"\1" + varint(told)
        text_state.read_content(strict.write(message), {1: 1})


@group.case("steps are written as they were read, whatever they are")
def _(world):
    random_ = random.Random(1)
    for seed in range(400):
        put, steps = 0, []
        for _ in range(random_.randrange(1, 9)):
            step, length = random_.randrange(4), random_.choice((1, 2, 500))
            change = random_.choice([None, (1, 1), (1, 2), (2**64 - 1, 7)])
            index = random_.choice((0, 1, 3, 70_000))
            if change is None and not put:
                step = INSERT_AT_START
            elif change is None:
                length = min(length, put) if step == DELETE else length
                index = random_.randrange(put - length + 1 if step == DELETE else put)
            if step == INSERT_AT_START:
                change, index = None, 0
            steps.append(Step(step, length, index, change))
            put += length if step != DELETE else 0
        expect(edits.read_steps(edits.write_steps(steps), put), steps, f"seed {seed}")


@group.case("an editor does at positions what an array would do")
def _(world):
    for seed in range(60):
        random_ = random.Random(seed)
        fields, wanted = Fields(), []
        for number in range(1, 12):
            editor = Editor(fields.texts.get(1, Text()), (random_.choice((1, 2)) * 100 + number, 1))
            for _ in range(random_.randrange(1, 4)):
                position = random_.randrange(len(wanted) + 1)
                length = min(random_.randrange(3), len(wanted) - position)
                if length:
                    editor.delete(position, length)
                words = "".join(random_.choice("xyz🧸") for _ in range(random_.randrange(4)))
                if words:
                    editor.insert(position, words)
                wanted[position : position + length] = words
            if editor.steps:
                fields.apply(*_change(*editor.change, [editor.operation(1)]))
            expect(fields.text(1), "".join(wanted), f"seed {seed}")
