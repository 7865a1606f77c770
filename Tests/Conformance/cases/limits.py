"""Each bound of limits.md that a client can reach: one less, the bound, one more."""

import os
import uuid
import zlib

from kossync import runs, strict, text_state
from kossync.content import Payload, add, assign, edit, encode_varint, member, rank, text
from kossync.device import Device
from kossync.edits import DELETE, INSERT_AT_START, Step
from kossync.header import Facts
from kossync.rank import Rank
from kossync.schema import pb
from kossync.session import Ended, enters_of
from kossync.tables import LIMITS
from suite import Group, expect, expect_refusal, expect_true
from world import BODY, RELATIVE, accepted

group = Group("limits")

# No stamp in a state takes more.
STAMP_BYTES = 80


def sized_text(size):
    """A text value whose encoding has so many bytes."""
    length = size - 2
    while len(text("x" * length).encode()) > size:
        length -= 1
    value = text("x" * length)
    expect(len(value.encode()), size, "bytes of the value")
    return value


def around(limit):
    return limit - 1, limit, limit + 1


def ends(device, push):
    """How a session ends on a push, and that it may connect again."""
    device.session.send(push=push)
    code = device.session.until_ended()
    device.connect()
    device.follow()
    return code


@group.case("value_bytes")
def _(world):
    device, family = world.desk()
    for size in around(LIMITS["value_bytes"]):
        record = world.relative(device, family)
        device.write(record, assign(1, sized_text(size)))
        expect(device.push(), "TOO_LARGE" if size > LIMITS["value_bytes"] else None, f"{size} bytes")


@group.case("payload_bytes")
def _(world):
    device, family = world.desk()
    for size in around(LIMITS["payload_bytes"]):
        record = world.relative(device, family)
        draft = device.draft(record, [assign(1, sized_text(40_000)), assign(2, sized_text(20_000))])
        rest = 20_000 + size - len(draft.payload)
        device.write(record, assign(1, sized_text(40_000)), assign(2, sized_text(rest)))
        expect(len(device.journal.entries[-1].changes[0][0].payload), size)
        expect(device.push(), "TOO_LARGE" if size > LIMITS["payload_bytes"] else None, f"{size} bytes")


@group.case("change_operations")
def _(world):
    device, family = world.desk()
    for count in around(LIMITS["change_operations"]):
        record = world.relative(device, family)
        device.write(record, *[assign(1, text("x"))] * count)
        refused = "INVALID_CONTENT" if count > LIMITS["change_operations"] else None
        expect(device.push(), refused, f"{count} operations")


@group.case("record_fields")
def _(world):
    device, family = world.desk()
    limit = LIMITS["record_fields"]
    record = world.relative(device, family, *[assign(number, text("x")) for number in range(1, limit)])
    for field, refused in ((limit, None), (limit + 1, "TOO_MANY_VALUES"), (1, None)):
        device.write(record, assign(field, text("y")))
        expect(device.push(), refused, f"field {field}")


@group.case("field_values")
def _(world):
    device, family = world.desk()
    record, limit, step = world.relative(device, family), LIMITS["field_values"], LIMITS["change_operations"]
    for start in range(0, limit, step):
        count = step - (1 if start + step == limit else 0)
        device.write(record, *[add(9, text(f"{start + n:x}")) for n in range(count)])
        accepted(device)
    for element, refused in (("last", None), ("one too many", "TOO_MANY_VALUES"), ("last", None)):
        device.write(record, add(9, text(element)))
        expect(device.push(), refused, element)
    expect(len(device.shown(record, 9, kind=2)), limit)


@group.case("the encoded state of a record fits into a delivery; its last change counts without a stamp")
def _(world):
    device, family = world.desk()
    limit = LIMITS["message_bytes"] - 32_768
    for size in (limit - 1, limit, limit + STAMP_BYTES):
        record = world.relative(device, family)
        for field in (2, 3, 4, 6):
            device.write(record, assign(field, sized_text(55_000)))
        device.write(record, assign(5, sized_text(1_000)))
        accepted(device)
        rest = size - len(device.records[record].encode()) + 1_000
        device.write(record, assign(5, sized_text(rest)))
        refused = "TOO_MANY_VALUES" if size > limit else None
        expect(device.push(), refused, f"{size} bytes")
        if not refused:
            expect(len(device.records[record].encode()), size, "bytes of the state")
            other = world.second_device(device).follow()
            expect(other.records[record].encode(), device.records[record].encode(), "delivered")


def compressed_of(size):
    """A payload whose section has so many bytes before it is compressed."""
    values = [sized_text(50_000)] * 5

    def section(last):
        payload = Payload(os.urandom(16), tuple(assign(1, value) for value in [*values, last]))
        return payload, pb.Payload.FromString(payload.encode_compressed(0)).inflated_bytes

    _, told = section(sized_text(5_000))
    payload, told = section(sized_text(5_000 + size - told))
    expect(told, size, "bytes of the section")
    return payload.encode_compressed()


@group.case("payload_inflated_bytes")
def _(world):
    device, family = world.desk()
    for size in around(LIMITS["payload_inflated_bytes"]):
        record, payload = world.relative(device, family), compressed_of(size)
        refused = "INVALID_CONTENT" if size > LIMITS["payload_inflated_bytes"] else None
        if refused:
            expect_refusal("LIMIT_EXCEEDED", Payload.read, payload)
        device.write(record, payload=payload)
        expect(device.push(), refused, f"{size} bytes")


@group.case("a payload that says to be small and inflates without end is refused, soon")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    bomb = zlib.compress(bytes(60_000_000), 9)
    for told in (1, LIMITS["payload_inflated_bytes"], 2**32 - 1):
        size = b"\x28" + encode_varint(told)
        device.write(record, payload=member(1, os.urandom(16)) + member(4, bomb[:65_000]) + size)
        expect(device.push(), "INVALID_CONTENT", f"told as {told}")


@group.case("value_bytes and payload_bytes of an edit of a text, compressed or not")
def _(world):
    device, family = world.desk()
    for size in around(LIMITS["value_bytes"]):
        for compressed in (False, True):
            record, words = world.note(device, family, "x"), "x" * (size - 4)
            one = edit(BODY, [Step(INSERT_AT_START, len(words))], words)
            expect(len(one.value.encode()), size, "bytes of the value")
            payload = Payload(os.urandom(16), (one,))
            encoded = payload.encode_compressed() if compressed else payload.encode()
            device.write(record, payload=encoded)
            expect(device.push(), "TOO_LARGE" if size > LIMITS["value_bytes"] else None, f"{size} bytes")


@group.case("rank_bytes")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    for size in around(LIMITS["rank_bytes"]):
        encoded = Rank(0, bytes(size - 2) + b"\1").encode()
        expect(len(encoded), size)
        device.write(record, rank(3, encoded))
        refused = "INVALID_CONTENT" if size > LIMITS["rank_bytes"] else None
        if refused:
            expect_refusal("MALFORMED", Rank.read, encoded)
        expect(device.push(), refused, f"{size} bytes")


def filled(count, taken=True):
    """A compressed payload that puts so many characters into four texts, and takes them out at once.

    A state without content is written quickly, time and again; the places stay all the same.
    """
    shares = [count // 4 + (number < count % 4) for number in range(4)]
    words = [(number, share) for number, share in enumerate(shares, 1) if share]
    edits = []
    for number, share in words:
        steps = [Step(INSERT_AT_START, share), Step(DELETE, share, 0)]
        edits.append(edit(number, steps if taken else steps[:1], "x" * share))
    return Payload(os.urandom(16), tuple(edits)).encode_compressed()


@group.case("text_characters of all texts of a record, deleted ones too")
def _(world):
    device, family = world.desk()
    record, limit = world.note(device, family, "x"), LIMITS["text_characters"]
    device.records.pop(record)  # a tree of single characters would take minutes
    step, count = 4 * (LIMITS["value_bytes"] - 4), 1
    while count < limit - 1:
        more = min(step if count > 1 else 4_000, limit - 1 - count)
        device.write(record, payload=filled(more, taken=count > 1))
        accepted(device)
        count += more
    device.write(record, edit(BODY, [Step(DELETE, 1, 0, (device.actor, 1))], ""))
    expect(device.push(), None, "a deletion")
    for characters, refused in ((2, "TOO_MANY_VALUES"), (1, None), (1, "TOO_MANY_VALUES")):
        device.write(record, payload=filled(characters))
        expect(device.push(), refused, f"{characters} more")
    device.write(record, edit(2, [Step(DELETE, 1, 0, (device.actor, 2))], ""))
    expect(device.push(), None, "a deletion at the bound")
    expect(_characters_delivered(world, device, record), limit)


def _characters_delivered(world, device, record):
    """How many characters the texts of a record have in the state that a new device gets."""
    other = world.second_device(device)
    other.session.follows = True
    other.session.send(follow=pb.Follow())
    while True:
        delivery = other.session.receive_body("delivery")
        for enter in enters_of(delivery):
            state = pb.RecordState.FromString(enter.state)
            if state.record == record:
                return sum(map(_characters, state.texts))


def _characters(message):
    told = strict.read(pb.TextContent, text_state.content_of(message))
    changes = text_state.read_changes(told.actors, told.numbers)
    return sum(run.length for run in text_state.read_runs(told.runs, changes))


def _run_of(length):
    return text_state.Run((1, 1), 0, length, True, False, None)


@group.case("text_characters and text_inflated_bytes of a state that is read")
def _(world):
    limit = LIMITS["text_characters"]
    for before, more in ((0, limit - 1), (0, limit), (limit - 7, 7)):
        expect(text_state.counted([_run_of(more)], before), before + more)
    for before, more in ((0, limit + 1), (limit - 7, 8)):
        expect_refusal("LIMIT_EXCEEDED", text_state.counted, [_run_of(more)], before)
    for size in around(LIMITS["text_inflated_bytes"]):
        message = pb.TextState(field=1, content=zlib.compress(bytes(size), 9), inflated_bytes=size)
        if size > LIMITS["text_inflated_bytes"]:
            expect_refusal("LIMIT_EXCEEDED", text_state.content_of, message)
        else:
            expect(len(text_state.content_of(message)), size)


@group.case("about_persons")
def _(world):
    device, family = world.desk()
    for count in around(LIMITS["about_persons"]):
        record = uuid.uuid4().bytes
        about = tuple(os.urandom(16) for _ in range(count))
        facts = Facts(device.tenant, family.id, RELATIVE, 1, about, 3)
        draft = device.draft(record, [assign(1, text("x"))], creates=facts)
        if count <= LIMITS["about_persons"]:
            device.write_entry(draft)
            expect(device.push(), None, f"{count} persons")
            continue
        twin = device.clone()
        twin.write_entry(draft)
        expect(ends(device, twin.push_message(len(twin.journal.entries))), "LIMIT_EXCEEDED")


@group.case("version_actors")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    for count in around(LIMITS["version_actors"]):
        own = device.journal.next_number(record) - 1
        version = {device.actor: own, **{number: 1 for number in range(1, count)}}
        draft = device.draft(record, [assign(1, text("x"))], version=version)
        if count <= LIMITS["version_actors"]:
            device.write_entry(draft)
            expect(device.push(), "CAUSALITY", f"{count} actors")
            continue
        twin = device.clone()
        twin.write_entry(draft)
        expect(ends(device, twin.push_message(len(twin.journal.entries))), "LIMIT_EXCEEDED")


@group.case("highest_number")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    for number in around(LIMITS["highest_number"]):
        own = device.journal.next_number(record) - 1
        draft = device.draft(record, [assign(1, text("x"))], version={device.actor: own, 1: number})
        if own and number <= LIMITS["highest_number"]:
            device.write_entry(draft)
            expect(device.push(), "CAUSALITY", f"number {number}")
            continue
        twin = device.clone()
        twin.write_entry(draft)
        expect(ends(device, twin.push_message(len(twin.journal.entries))), "MALFORMED")


@group.case("entry_changes")
def _(world):
    device, family = world.desk()
    for count in around(LIMITS["entry_changes"]):
        facts = Facts(device.tenant, family.id, RELATIVE, 1, family.children, 3)
        drafts = [
            device.draft(uuid.uuid4().bytes, [assign(1, text("x"))], creates=facts) for _ in range(count)
        ]
        writer = device if count <= LIMITS["entry_changes"] else device.clone()
        writer.write_entry(*drafts)
        if writer is device:
            expect(device.push(), None, f"{count} changes")
        else:
            expect(ends(device, writer.push_message(len(writer.journal.entries))), "LIMIT_EXCEEDED")


@group.case("push_entries")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    for count in around(LIMITS["push_entries"]):
        writer = device if count <= LIMITS["push_entries"] else device.clone()
        first = len(writer.journal.entries) + 1
        for number in range(count):
            writer.write(record, assign(1, text(str(number))))
        if writer is device:
            expect(device.push(), None, f"{count} entries")
            expect(device.shown(record, 1), [text(str(count - 1))])
        else:
            expect(ends(device, writer.push_message(first)), "LIMIT_EXCEEDED")


@group.case("message_bytes: one more closes with 1009")
def _(world):
    for size in around(LIMITS["message_bytes"]):
        device = world.newcomer()
        device.session.send_bytes(padding(size))
        if size <= LIMITS["message_bytes"]:
            device.follow()
        else:
            expect(device.session.until_closed(), 1009, "close code")


def padding(size):
    """A message of so many bytes that is passed over."""
    data = member(64, bytes(size - 5))
    expect(len(data), size)
    return data


@group.case("an entry of message_bytes less 1,024 can be pushed")
def _(world):
    device, family = world.desk()
    facts = Facts(device.tenant, family.id, RELATIVE, 1, family.children, 3)

    def drafts(size):
        values = [sized_text(50_000)] * 5 + [sized_text(size)]
        return [
            device.draft(uuid.uuid4().bytes, [assign(1, v)], creates=facts, written_at=1) for v in values
        ]

    limit = LIMITS["message_bytes"] - 1_024
    size = 5_000 + limit - len(runs.write_packed(drafts(5_000)))
    entry = drafts(size)
    expect(len(runs.write_packed(entry)), limit)
    device.write_entry(*entry)
    message = strict.write(pb.ClientMessage(push=device.push_message(len(device.journal.entries))))
    expect_true(len(message) <= LIMITS["message_bytes"], "fits")
    expect(device.push(), None)


@group.case("outstanding_deliveries: a server sends no more without a confirmation, and then goes on")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    other.confirms = False
    count, start = LIMITS["outstanding_deliveries"], other.last_delivery
    for number in range(2 * count):
        device.write(record, assign(1, text(str(number))))
        accepted(device)
        if number < count:
            other.until(lambda n=number: other.shown(record, 1) == [text(str(n))])
    expect(other.last_delivery, start + count)
    other.invite(other.role, person=other.person)  # answered, so whatever came before has been read
    expect(other.last_delivery, start + count, "beyond the window")
    other.confirms = True
    other.confirm(other.last_delivery)
    other.until(lambda: other.shown(record, 1) == [text(str(2 * count - 1))])


@group.case("outstanding_pushes: so many without verdicts get theirs; of more, all or LIMIT_EXCEEDED")
def _(world):
    server, limit = world.another_server(), LIMITS["outstanding_pushes"]
    first = Device(server.url).enrol(server.code)
    for count in (limit - 1, limit):
        expect(_pushed_at_once(server, first, count), "verdicts", f"{count} pushes")
    # A server that answers before it has read them all does not see too many: that is no breach of either.
    # (That the machine refuses exactly the first one too many is OutstandingPushTests' to show.)
    outcome = _pushed_at_once(server, first, limit + 1)
    expect_true(outcome in ("verdicts", "LIMIT_EXCEEDED"), "nothing else")


def _pushed_at_once(server, first, count):
    """How a session goes on when so many pushes wait for a server that was paused."""
    device = Device(server.url).enrol(first.invite(1, person=first.person).text())
    for _ in range(count):
        device.write(uuid.uuid4().bytes, assign(1, text("x")))
    server.pause()
    for number in range(1, count + 1):
        device.session.send(push=device.push_message(number, number))
    server.go_on()
    try:
        device.until(lambda: device.journal.entries[-1].verdict)
    except Ended as ended:
        return ended.code
    return "verdicts"
