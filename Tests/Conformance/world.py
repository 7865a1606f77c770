"""What cases start from: a server with a fresh tenant, people with devices, and a family's case."""

import uuid
from dataclasses import dataclass

from kossync.content import assign, decide, edit, identifier, integer, text
from kossync.device import Device
from kossync.edits import INSERT_AT_START, Step
from kossync.session import Session
from server import Server

# kinds.md, governing.md
PERSON, CASE, ALLOCATION, PARTICIPANT, RELATIVE, ASSESSMENT = 1, 10, 15, 16, 18, 19
EXTERNAL_UPDATE, NOTE, ATTACHMENT, ERASURE, REGISTER_ERASURE = 24, 30, 31, 52, 71
BODY = 1  # a note's text
LEADER, COORDINATOR, CORE_TEAM, EXTERNAL_REPORTER = 1, 2, 3, 4


@dataclass
class Family:
    """A case, allocated to the coordinator."""

    id: bytes
    allocation: bytes
    children: tuple


class World:
    def __init__(self, kosd, kos=None):
        self.kosd, self.kos = str(kosd), str(kos)
        self._server = None
        self._leader = None
        self._others = []
        self.verbose = False

    @property
    def server(self):
        if self._server is None:
            self._server = Server(self.kosd).begin()
        return self._server

    @property
    def url(self):
        return self.server.url

    def another_server(self):
        """A server of its own for a case that restarts it or wears something out."""
        server = Server(self.kosd)
        self._others.append(server)
        return server.begin()

    def elsewhere(self):
        """The same on a server of its own."""
        place = World(self.kosd, self.kos)
        place._server = self.another_server()
        return place

    # --- People ---

    @property
    def leader(self):
        """The first leader's device, connected and following."""
        if self._leader is None:
            self._leader = Device(self.url).enrol(self.server.code)
        return self.live(self._leader)

    def newcomer(self, role=CORE_TEAM, person=None):
        """A new person's device, enrolled and connected, that does not follow yet."""
        code = self.leader.invite(role, person=person)
        return Device(self.url).enrol(code.text())

    def second_device(self, device):
        """Another device of the same person."""
        code = device.invite(device.role, person=device.person)
        return Device(self.url).enrol(code.text())

    def live(self, device):
        """Connected with a session of this case, and following."""
        if device.session is None or not device.session.is_open:
            device.connect()
        if not device.session.follows:
            device.follow()
        return device

    # --- Cases ---

    def family(self, coordinator, *members):
        """A case that the leader opened, of this coordinator and these persons of the core team."""
        leader, case = self.leader, uuid.uuid4().bytes
        children = (uuid.uuid4().bytes,)
        leader.create(CASE, case, assign(1, text("F")), record=case, about=children, information_type=6)
        allocation = leader.create(
            ALLOCATION, case, decide(1, identifier(coordinator.person)), about=children,
            information_type=6,
        )
        self._let_in(case, children, coordinator, COORDINATOR)
        for member in members:
            self._let_in(case, children, member)
        accepted(leader)
        return Family(case, allocation, children)

    def _let_in(self, case, children, member, role=CORE_TEAM):
        return self.leader.create(
            PARTICIPANT, case, decide(1, identifier(member.person)), decide(2, integer(role)),
            decide(3, text("active")), about=children, information_type=6,
        )

    def let_in(self, family, member):
        """Makes somebody a member of the core team: the participation's id."""
        record = self._let_in(family.id, family.children, member)
        accepted(self.leader)
        return record

    def relative(self, device, family, *operations):
        """A new relative with these operations, accepted: its id. Her name and relation are registers."""
        record = device.create(RELATIVE, family.id, *(operations or (assign(1, text("Grandmother")),)))
        accepted(device)
        return record

    def note(self, device, family, words):
        """A new note with this text, accepted: its id."""
        record = device.create(NOTE, family.id, edit(BODY, [Step(INSERT_AT_START, len(words))], words))
        accepted(device)
        return record

    def desk(self, *members):
        """A new coordinator's device with a family of its own, up to date: (device, family)."""
        device = self.newcomer(COORDINATOR)
        family = self.family(device, *members)
        return device.follow(), family

    def colleagues(self):
        """The same, with a member of the core team: (coordinator's device, member's device, family)."""
        member = self.newcomer(CORE_TEAM)
        device, family = self.desk(member)
        return device, member.follow(), family

    # --- The end ---

    def end_case(self):
        Session.close_all()
        for server in self._others:
            server.end()
        self._others.clear()

    def end(self):
        if self._server:
            self._server.end()


def accepted(device):
    """Pushes what waits, all of which must be accepted."""
    first = len([entry for entry in device.journal.entries if entry.verdict is not None]) + 1
    device.push()
    for number in range(first, len(device.journal.entries) + 1):
        if device.code_of(number) is not None:
            raise AssertionError(f"entry {number}: {device.code_of(number)} in place of accepted")
