"""Notes that `kos` and this implementation write at once: equal texts, authors and states."""

import random
import uuid

from kossync.content import text
from kossync.schema import pb
from suite import Group, expect, expect_true
from world import BODY, accepted

from .alike import alike
from .convergence import Kos
from .history import history

group = Group("notes")


def desk_with_kos(world, people=1):
    """A device of the core team, replicas of kos (the first coordinates), and their family."""
    member = world.newcomer().follow()
    replicas = [Kos(world, role=2 if number == 0 else 3) for number in range(people)]
    family = world.family(replicas[0], member)
    for one in replicas[1:]:
        world.let_in(family, one)
    for one in replicas:
        one.run("sync")
    return member, replicas, family


def shown(kos, record):
    """A note as kos shows it."""
    [told] = kos.run("note", "show", "F", name_of(record))
    return told


def name_of(record):
    return str(uuid.UUID(bytes=record))


def edited(kos, record, words, *options):
    kos.run("note", "edit", "F", name_of(record), "--text", words, *options)


def segments(device, record):
    """Who wrote what: (text, account, written_at, received_at), adjacent ones of one writing together."""
    told, one = [], device.records[record].fields.texts[BODY]
    for dot in one.shown():
        by = one.writings[dot[0]]
        _append(told, one.content[dot], (by.account, by.written_at, by.received_at))
    return told


def segments_of_kos(kos, record):
    told = []
    for one in shown(kos, record)["segments"]:
        _append(told, one["text"], (one["author"], one["written_at"], one["received_at"]))
    return told


def _append(told, words, by):
    if told and told[-1][1] == by:
        told[-1] = (told[-1][0] + words, by)
    else:
        told.append((words, by))


def same(world, member, replicas, record):
    """That all end with the same text and authors, and the member with what the server computed."""
    member.until(lambda: record in member.records)
    expect(member.text(record, BODY), shown(replicas[0], record)["content"], "the text")
    mine = segments(member, record)
    for kos in replicas:
        told = segments_of_kos(kos, record)
        times = [(words, by[1:]) for words, by in mine]
        expect([(words, by[1:]) for words, by in told], times, "who wrote what, and when")
        names = {(mine_by[0], by[0]) for (_, by), (_, mine_by) in zip(told, mine)}
        expect(len({account for account, _ in names}), len(names), "one name an account")
    alike(world, record, member)


def arrived(member, record, replicas):
    """Takes in until what kos shows is here."""
    wanted = shown(replicas[0], record)["content"]
    member.until(lambda: record in member.records and member.text(record, BODY) == wanted)


@group.case("a note that kos added is edited here, one of here with kos")
def _(world):
    member, [kos], family = desk_with_kos(world)
    kos.run("note", "add", "F", "--text", "Ringet til mor — 👵\n", "--title", "Opkald")
    [listed] = kos.run("note", "list", "F")
    record = uuid.UUID(listed["record"]).bytes
    member.until(lambda: record in member.records)
    expect(member.text(record, BODY), "Ringet til mor — 👵\n")
    expect(member.shown(record, 2), [text("Opkald")])
    member.edit(record, BODY, 11, 3, "far")
    accepted(member)
    kos.run("sync")
    expect(shown(kos, record)["content"], "Ringet til far — 👵\n")
    same(world, member, [kos], record)
    mine = world.note(member, family, "skrevet i Python\n")
    kos.run("sync")
    edited(kos, mine, "skrevet i Python og i Swift\n")
    arrived(member, mine, [kos])
    same(world, member, [kos], mine)
    expect(len(kos.run("note", "list", "F")), 2)


@group.case("both edit a note at the same time: nothing is lost, and both end with the same")
def _(world):
    member, [kos], family = desk_with_kos(world)
    record = world.note(member, family, "Tilstede: mor.\nAftalt: intet.\n")
    kos.run("sync")
    edited(kos, record, "Tilstede: mor, far.\nAftalt: ring fredag.\n", "--offline")
    member.edit(record, BODY, 13, 0, " og Åse")
    member.edit(record, BODY, 0, 0, "Møde. ")
    accepted(member)
    kos.run("sync")
    arrived(member, record, [kos])
    words = member.text(record, BODY)
    expect_true(words in (
        "Møde. Tilstede: mor, far og Åse.\nAftalt: ring fredag.\n",
        "Møde. Tilstede: mor og Åse, far.\nAftalt: ring fredag.\n",
    ), words)
    same(world, member, [kos], record)


@group.case("what one deletes while the other writes in it: the deletion and the writing both hold")
def _(world):
    member, [kos], family = desk_with_kos(world)
    record = world.note(member, family, "first second third\n")
    kos.run("sync")
    edited(kos, record, "first third\n", "--offline")
    member.edit(record, BODY, 9, 0, "(kept)")
    accepted(member)
    kos.run("sync")
    arrived(member, record, [kos])
    expect_true("(kept)" in member.text(record, BODY), "what was written")
    expect_true("sec" not in member.text(record, BODY), "what was deleted")
    same(world, member, [kos], record)


@group.case("a long note of kos is read, however it was packed, and its state again")
def _(world):
    member, [kos], family = desk_with_kos(world)
    words = "".join(f"{number}. mødet blev holdt i dag\n" for number in range(1_500))
    kos.run("note", "add", "F", "--text", words)
    [listed] = kos.run("note", "list", "F")
    record = uuid.UUID(listed["record"]).bytes
    member.until(lambda: record in member.records)
    expect(member.text(record, BODY), words)
    changes, _ = history(member, record)
    payloads = [pb.Payload.FromString(one.change.payload) for one in changes]
    expect_true(any(payload.compressed for payload in payloads), "kos compresses what is long")
    edited(kos, record, words.replace("mødet", "samtalen"))
    arrived(member, record, [kos])
    same(world, member, [kos], record)


def _random_notes(world, seed):
    random_ = random.Random(seed)
    member, replicas, family = desk_with_kos(world, people=2)
    record = world.note(member, family, "Dagsorden: ro, skole.\n")
    for kos in replicas:
        kos.run("sync")
    for number in range(24):
        act = random_.randrange(7)
        kos = random_.choice(replicas)
        if act < 2:
            edited(kos, record, changed(random_, shown(kos, record)["content"], f"<{number}>"), "--offline")
        elif act < 5:
            words = member.text(record, BODY)
            position = random_.randrange(len(words) + 1)
            length = min(random_.randrange(4), len(words) - position)
            member.edit(record, BODY, position, length, random_.choice(("", f"[{number}]")) or "🧸")
        elif act < 6:
            kos.run("sync")
        else:
            accepted(member)
    accepted(member)
    for _ in range(2):
        for kos in replicas:
            kos.run("sync")
    arrived(member, record, replicas)
    same(world, member, replicas, record)


def changed(random_, words, more):
    """A text as a person may leave it in an editor: a word in, a few letters out."""
    position = random_.randrange(len(words) + 1)
    words = words[:position] + more + words[position:]
    position = random_.randrange(len(words))
    return words[:position] + words[position + random_.randrange(5) :]


for _seed in range(4):
    group.add(f"random edits of one note by both implementations converge, seed {_seed}",
              lambda world, seed=_seed: _random_notes(world, seed))
