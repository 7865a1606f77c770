"""Random work by seed: this implementation, the server's states and `kos` end with the same."""

import datetime
import json
import os
import random
import subprocess
import tempfile
import uuid

from kossync.content import (
    NULL, REGISTER, SET, TEXT, Operation, Payload, add, assign, decide, identifier, integer, rank, remove,
    text,
)
from kossync.merge import Context, Fields, has_seen
from kossync.rank import Rank
from suite import Failed, Group, expect, expect_true
from world import ASSESSMENT, COORDINATOR, accepted

from .access import marker

group = Group("convergence")

WORDS = [text(word) for word in ("rest", "school", "calm", "Åse", "e\u0301")] + [integer(-7), NULL]


def operations(random_, count):
    """Some operations of every kind but texts, on few fields and elements, so that they meet."""
    for _ in range(count):
        field, value = random_.randrange(1, 4), random_.choice(WORDS)
        kind = random_.randrange(11)
        if kind < 4:
            yield assign(field, value)
        elif kind < 6:
            yield add(field, value)
        elif kind < 8:
            yield remove(field, value)
        elif kind < 9:
            yield decide(field, value)
        elif kind < 10:
            yield rank(field, Rank(random_.randrange(-300, 300), b"\1").encode())
        else:
            yield Operation.make(field, 77, 0, value)


def edits(random_, device, record):
    """An edit of one text of a record, or none: words in, characters out, here and there."""
    number = random_.randrange(1, 4)
    editor = device.editor(record, number)
    for _ in range(random_.randrange(3)):
        shown = len(editor.text.shown())
        position = random_.randrange(shown + 1)
        if random_.random() < 0.4 and position < shown:
            editor.delete(position, min(3, shown - position))
        else:
            editor.insert(position, random_.choice(("calm ", "Å", "e\u0301", "🧸\n")))
    if editor.steps:
        yield editor.operation(number)


def work(seed, world, devices, records):
    """Each device writes, pushes and takes in what comes, in an order that the seed gives."""
    random_ = random.Random(seed)
    for _ in range(60):
        device, record = random_.choice(devices), random_.choice(records)
        act = random_.randrange(4)
        if act < 2:
            drafts = [*operations(random_, random_.randrange(1, 4)), *edits(random_, device, record)]
            device.write(record, *drafts)
        elif act == 2:
            device.push()
        else:
            marker(world, device)
    for device in devices:
        device.push()
    marker(world, *devices)


def expect_verdicts_that_follow(device):
    """That a decision alone is refused, and then whatever edits the characters of what was refused."""
    void = set()
    for entry in device.journal.entries:
        [(change, _)] = entry.changes
        header, edited = change.header, set()
        for operation in Payload.read(change.payload).operations:
            if operation.kind == TEXT:
                edited |= {(header.record, *step.change) for step in operation.steps if step.change}
        if entry.verdict.code:
            void.add((header.record, header.actor, header.number))
        if edited & void:
            expect_true(entry.verdict.code in ("CAUSALITY", "ALREADY_DECIDED"), "edits what is void")
        else:
            expect_true(entry.verdict.code in (None, "ALREADY_DECIDED"), f"{entry.verdict.code}")


def _random_work(world, seed):
    device, other, family = world.colleagues()
    devices = [device, other, world.second_device(other).follow()]
    records = [world.relative(device, family) for _ in range(2)]
    marker(world, *devices)
    work(seed, world, devices, records)
    fresh = world.second_device(device).follow()
    for one in devices:
        expect_verdicts_that_follow(one)
    for record in records:
        wanted = fresh.records[record].encode()  # as the server computed it
        for one in devices:
            expect(one.records[record].encode(), wanted, f"seed {seed}")
            expect(one.records[record].fields.ahead, {}, "ahead")


for _seed in range(12):
    group.add(f"random work of three devices gives the server's states, seed {_seed}",
              lambda world, seed=_seed: _random_work(world, seed))


# --- The merge alone, against the definition of merge.md section 2 ---


def history(random_):
    """Changes in an order in which each comes after all that its version names: (context, operations)."""
    changes, version_of = [], {}
    for _ in range(random_.randrange(2, 14)):
        actor = random_.randrange(1, 4)
        version = dict(version_of.get(actor, {}))
        for context, _ in changes:  # has seen everything up to some point of what others wrote
            if random_.random() < 0.3:
                for one, number in {**context.version, context.actor: context.number}.items():
                    if one != actor:
                        version[one] = max(version.get(one, 0), number)
        number = version.get(actor, 0) + 1
        context = Context(actor, number, dict(version), b"", random_.randrange(9))
        changes.append((context, list(operations(random_, random_.randrange(3)))))
        version[actor] = number
        version_of[actor] = version
    return changes


def definition(changes):
    """The live operations, as the rule says: those that no operation supersedes."""
    flat = [(c, i, op) for c, ops in changes for i, op in enumerate(ops)]

    def supersedes(b, a):
        (later, j, by), (earlier, i, op) = b, a
        if (by.field, by.kind) != (op.field, op.kind) or by.kind == 77:
            return False
        if by.kind == SET and by.value != op.value:
            return False
        return i < j if later.id == earlier.id else has_seen(later, earlier)

    return {
        (*a[0].id, a[1]) for a in flat if a[2].keeps_value and not any(supersedes(b, a) for b in flat)
    }


@group.case("the merge is its definition, in every order that keeps each actor's own")
def _(world):
    for seed in range(300):
        random_ = random.Random(seed)
        changes = history(random_)
        wanted = definition(changes)
        for _ in range(3):
            state, waiting = Fields(), list(changes)
            while waiting:
                first = {}
                for change in waiting:
                    first.setdefault(change[0].actor, change)
                context, ops = random_.choice(list(first.values()))
                state.apply(context, ops)
                state.apply(context, ops)
                waiting.remove((context, ops))
            found = {live.dot for lives in state.live.values() for live in lives}
            if found != wanted:
                raise Failed(f"seed {seed}: {sorted(found ^ wanted)} differ")
            expect(state.ahead, {}, f"seed {seed}: ahead")


# --- With kos ---

# The fields of an assessment that kos writes text into, by domain and aspect.
DOMAINS = {"childs_development": "child", "parenting": "parenting", "family_and_network": "family"}
ASPECTS = {"summary": "notes", "resources": "resources", "problems": "problems"}
FIELDS = {
    f"{one}_{two}": 4 + 3 * i + j
    for i, one in enumerate(DOMAINS.values())
    for j, two in enumerate(ASPECTS.values())
} | {"held_on": 1, "assessors": 2}


class Kos:
    """A replica of the other implementation, used as a person does."""

    def __init__(self, world, role=COORDINATOR):
        self.program = world.kos
        self.home = tempfile.TemporaryDirectory(prefix="kos-conformance-home-")
        self.person = uuid.uuid4().bytes
        code = world.leader.invite(role, person=self.person, name="Karin")
        self.run("enroll", f"{world.url}/#{code.text()}", "--unprotected")

    def run(self, *words, expected=(0,)):
        environment = {**os.environ, "LANG": "C.UTF-8"}
        command = [self.program, *words, "--home", self.home.name, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
        if done.returncode not in expected:
            raise Failed(f"kos {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def explained(self, record):
        """The values of a record's fields, by name, as kos shows them."""
        [told] = self.run("explain", str(uuid.UUID(bytes=record)))
        return told["fields"]

    def note(self, domain, aspect, words, *options):
        self.run("assessment", "note", "F", "--domain", domain, "--aspect", aspect, "--text", words, *options)


def shown_as_kos(device, record):
    """The same of a device of this implementation: fields of the kinds that it knows."""
    fields = device.records[record].fields
    told = {}
    for name, number in FIELDS.items():
        for kind in (REGISTER, SET):
            values = fields.shown(number, kind)
            if values:
                told[name] = [_as_kos(value) for value in values]
    return told


def _as_kos(value):
    if value.type == "text":
        return value.content.decode()
    if value.type == "integer":
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days=value.content)).isoformat()
    if value.type == "identifier":
        return str(uuid.UUID(bytes=value.content))
    return value.content


def desk_with_kos(world):
    """kos as the coordinator of a family, and a device of this implementation as a member."""
    member, kos = world.newcomer().follow(), Kos(world)
    family = world.family(kos, member)
    kos.run("sync")
    kos.note("parenting", "summary", "calm")
    member.until(lambda: assessments(member))
    [record] = assessments(member)
    return kos, member, family, record


def assessments(device):
    return [key for key, one in device.records.items() if one.facts.kind == ASSESSMENT]


@group.case("kos reads what this implementation wrote, a conflict too, and settles it")
def _(world):
    kos, member, family, record = desk_with_kos(world)
    member.write(record, assign(FIELDS["family_notes"], text("Grandmother helps — 👵")))
    accepted(member)
    kos.note("parenting", "summary", "calm and warm", "--offline")
    member.write(record, assign(FIELDS["parenting_notes"], text("strict")))
    accepted(member)
    kos.run("sync")
    told = kos.explained(record)
    expect(sorted(told["parenting_notes"]), ["calm and warm", "strict"])
    expect(told["family_notes"], ["Grandmother helps — 👵"])
    [conflict] = kos.run("conflicts", expected=(4,))
    expect(len(conflict["values"]), 2)
    kos.run("resolve", str(conflict["conflict"]), "--value", "1")
    member.until(lambda: len(member.shown(record, FIELDS["parenting_notes"])) == 1)
    expect(shown_as_kos(member, record), kos.explained(record))


@group.case("a case that this implementation opened is worked in with kos")
def _(world):
    kos, member, family, _ = desk_with_kos(world)
    [case] = kos.run("case", "list")
    expect((case["case_id"], case["label"], case["status"]), (str(uuid.UUID(bytes=family.id)), "F", "open"))
    note = world.note(member, family, "written in Python")
    kos.run("sync")
    listed = kos.run("note", "list", "F")
    expect([one["record"] for one in listed], [str(uuid.UUID(bytes=note))])


@group.case("a change of this implementation that the server refuses never shows in kos")
def _(world):
    kos, member, _, record = desk_with_kos(world)
    member.write(record, assign(FIELDS["parenting_notes"], text("canary")), author=uuid.uuid4().bytes)
    expect(member.push(), "WRONG_AUTHOR")
    member.write(record, assign(FIELDS["family_notes"], text("after")))
    accepted(member)
    kos.run("sync")
    expect(kos.explained(record)["parenting_notes"], ["calm"])
    expect(kos.explained(record)["family_notes"], ["after"])
    kos.note("parenting", "summary", "goes on after a void number")
    member.until(lambda: member.shown(record, 7) == [text("goes on after a void number")])


def _random_work_with_kos(world, seed):
    random_ = random.Random(seed)
    kos, member, family, record = desk_with_kos(world)
    second = Kos(world, role=3)
    world.let_in(family, second)
    second.run("sync")
    for number in range(30):
        act, who = random_.randrange(6), random_.choice((kos, second))
        domain, aspect = random_.choice(list(DOMAINS)), random_.choice(list(ASPECTS))
        field = FIELDS[f"{DOMAINS[domain]}_{ASPECTS[aspect]}"]
        if act < 2:
            who.note(domain, aspect, f"kos {number}", "--offline")
        elif act < 4:
            value = text(f"python {number}")
            person = identifier(bytes([random_.randrange(3)] * 16))
            one = random_.choice([
                assign(field, value), assign(1, integer(20_000 + number)), add(2, person), remove(2, person)])
            member.write(record, one)
        elif act < 5:
            who.run("sync")
        else:
            accepted(member)
            marker(world, member)
    accepted(member)
    for _ in range(2):
        kos.run("sync")
        second.run("sync")
    marker(world, member)
    mine = shown_as_kos(member, record)
    expect(kos.explained(record), mine, f"seed {seed}: kos")
    expect(second.explained(record), mine, f"seed {seed}: the second kos")
    fresh = world.second_device(member).follow()
    expect(fresh.records[record].encode(), member.records[record].encode(), f"seed {seed}: state")
    expect_true(any(len(values) > 1 for values in mine.values()), "some conflict, or the seed tests little")


for _seed in (1, 2, 3):
    group.add(f"random work of both implementations converges, seed {_seed}",
              lambda world, seed=_seed: _random_work_with_kos(world, seed))
