"""A device: enrols, writes offline, pushes, follows, and merges what comes. Its disk is its memory."""

import copy
import os
import uuid

from . import digests, runs, signing
from .codes import Code
from .content import Payload
from .header import Facts, Header
from .journal import Journal, Verdict
from .merge import Context, with_pending
from .runs import Change, Delivered, Original
from .schema import pb
from .session import Session, enters_of, hello_of, now
from .state import Record, Stamp
from .tables import Refusal, code_name
from .text import Editor, Text


class LostSomething(Exception):
    """A delivery does not fit what is held: end the session, and follow with an empty cursor."""


class Device:
    def __init__(self, url):
        self.url = url
        self.key = signing.SigningKey(os.urandom(32))
        self.agreement_secret = os.urandom(32)
        self.actor = signing.actor_id(self.key.public)
        self.tenant = self.tenant_key = self.epoch = self.token = b""
        self.account = self.person = self.id = b""
        self.role, self.aliases = 0, []
        self.journal = None
        self.records = {}  # from id to the confirmed record
        self.generations = {}
        self.entered = {}  # from id to the state as it came with the newest enter
        self.voids = {}  # own void changes of records that are not held: (number, digest, stamp) of each
        self.cursor = b""
        self.session = None
        self.last_delivery = 0
        self.confirms = True
        self.available = set()  # attachments whose bytes the server said it has
        self.exited = {}  # from id to the generation up to which a record left the scope
        self.exits, self.erased = 0, set()  # how many orders to wipe came; what of it was erased
        self.noticed = 0  # how many entries wait for this person
        self.devices_waiting = 0
        self.decisions = {}  # from (actor, entry) to what became of it
        self.wipes, self.gives_receipts = 0, True  # how many records were wiped
        self.revocation = None  # (reason, since when) once its access ended
        self.lease = None  # until when it may show what it holds; 0: without end
        self.arrived = []  # (record, actor, number) of each change that came in a delivery, in order

    def clone(self):
        """What a copied disk would hold."""
        session, self.session = self.session, None
        try:
            return copy.deepcopy(self)
        finally:
            self.session = session

    # --- Sessions ---

    def enrolment_hello(self, code: Code, **changes):
        members = dict(
            code_id=code.id, signing_key=self.key.public,
            agreement_key=signing.agreement_key(self.agreement_secret), device_name="python",
        )
        return hello_of(self.actor, enrolment=pb.Enrolment(**{**members, **changes}))

    def enrol(self, text, outcome=pb.OUTCOME_OPEN):
        """Enrols with a code as it is typed; the session goes on."""
        code = Code.read(text)
        session = Session(self.url)
        hello = session.greet(self.enrolment_hello(code))
        if not code.fits(hello.tenant_key):
            raise Refusal("CODE_REFUSED", "another server than the code's")
        proof = signing.enrolment_proof(code.verifier, session.transcript)
        welcome = session.authenticate(self.key, proof, outcome)
        self._believe(hello.tenant, hello.tenant_key, welcome.membership)
        self._welcomed(session)
        return self

    def _believe(self, tenant, tenant_key, membership):
        signed = (tenant_key, membership.certificate_signature, "kos.device-certificate.v1")
        if not signing.is_valid(*signed, membership.certificate):
            raise Refusal("BAD_SIGNATURE", "the certificate")
        told = pb.DeviceCertificate.FromString(membership.certificate)
        own = (tenant, membership.account, self.key.public, signing.agreement_key(self.agreement_secret))
        if (told.tenant, told.account, told.signing_key, told.agreement_key) != own:
            raise Refusal("BAD_SIGNATURE", "the certificate is of something else")
        self.tenant, self.tenant_key, self.id = tenant, tenant_key, told.device
        self.account, self.person = membership.account, membership.person
        self.role, self.aliases = membership.role, list(membership.aliases)
        self.journal = Journal(tenant, self.actor)

    def hello(self, **changes):
        entries = len(self.journal.entries)
        members = dict(
            tenant=self.tenant, epoch=self.epoch, session_token=self.token,
            journal=pb.JournalHead(entries=entries, digest=self.journal.head()),
            holdings_digest=digests.holdings(self.generations),
        )
        return hello_of(self.actor, **{**members, **changes})

    def connect(self, outcome=pb.OUTCOME_OPEN, **changes):
        session = Session(self.url)
        hello = session.greet(self.hello(**changes))
        if hello.tenant_key != self.tenant_key:
            session.close()
            raise Refusal("BAD_SIGNATURE", "another server's key than the pinned one")
        welcome = session.authenticate(self.key, outcome=outcome)
        known = welcome.journal.entries
        if known > len(self.journal.entries) or self.journal.head(known) != welcome.journal.digest:
            session.close()
            raise Refusal("FORKED", "the server's journal is another")
        if welcome.wipes > self.wipes:
            # Put back behind a wipe.
            self.cursor, self.wipes = b"", welcome.wipes
        self._welcomed(session)
        return session

    def _welcomed(self, session):
        self.session, self.token, self.epoch = session, session.welcome.session_token, session.epoch
        self.last_delivery = session.welcome.deliveries

    # --- Writing ---

    def seen(self, record):
        """The vector of what this device has of a record, its own changes included."""
        version = dict(self.records[record].fields.version) if record in self.records else {}
        number, _ = self.journal.heads.get(record, (0, b""))
        if number:
            version[self.actor] = max(number, version.get(self.actor, 0))
        return version

    def draft(self, record, operations, creates=None, **changes):
        """A change that is next, and not written yet."""
        payload = Payload(os.urandom(16), tuple(operations)).encode()
        members = dict(
            record=record, actor=self.actor, number=self.journal.next_number(record), author=self.account,
            written_at=now(), version=self.seen(record), creates=creates,
        )
        payload = changes.pop("payload", payload)
        return Change(Header(**{**members, **changes}), payload)

    def write(self, record, *operations, creates=None, **changes):
        """An entry of one change: its number in the journal."""
        return self.write_entry(self.draft(record, operations, creates, **changes))

    def write_entry(self, *changes):
        self.journal.append(changes)
        return len(self.journal.entries)

    def create(self, kind, case, *operations, record=None, about=None, information_type=3, **changes):
        """A new record: its id."""
        record = record or uuid.uuid4().bytes
        about = (uuid.uuid4().bytes,) if about is None else about
        facts = Facts(self.tenant, case, kind, now(), about, information_type)
        self.write(record, *operations, creates=facts, **changes)
        return record

    def pending(self, record):
        """Own changes of a record without a verdict, oldest first, as the merge takes them."""
        for entry in self.journal.entries:
            for change, _ in entry.changes:
                header = change.header
                if entry.verdict is None and header.record == record:
                    context = Context(
                        header.actor, header.number, header.version, header.author, header.written_at
                    )
                    yield context, Payload.read(change.payload).operations

    def fields(self, record):
        """A record as a person sees it: what is pending over what is confirmed."""
        return with_pending(self.records[record].fields, self.pending(record))

    def shown(self, record, field, kind=1):
        """The values of a field as a person sees them."""
        return self.fields(record).shown(field, kind, now())

    def text(self, record, field):
        return self.fields(record).text(field)

    def editor(self, record, field):
        """Edits a text as a person sees it, in the change that is next."""
        text = self.fields(record).texts.get(field, Text())
        return Editor(text, (self.actor, self.journal.next_number(record)))

    def edit(self, record, field, position, length, words):
        """Puts words in place of so many characters, and saves: the entry's number in the journal."""
        editor = self.editor(record, field)
        if length:
            editor.delete(position, length)
        if words:
            editor.insert(position, words)
        return self.write(record, editor.operation(field))

    # --- Pushing ---

    def push_message(self, first, last=None, **changes):
        last = last or len(self.journal.entries)
        entries = self.journal.entries[first - 1 : last]
        run = runs.write_packed([change for entry in entries for change, _ in entry.changes])
        content = signing.push_content(self.tenant, self.actor, self.journal.proof(first, last))
        members = dict(
            first_entry=first, entry_changes=[len(entry.changes) for entry in entries], changes=run,
            signature=self.key.sign("kos.push.v1", content),
        )
        return pb.Push(**{**members, **changes})

    def push(self, first=None, last=None):
        """Sends what has no verdict, and waits until it has: the codes of the last entry's."""
        waiting = [n for n, entry in enumerate(self.journal.entries, 1) if entry.verdict is None]
        if first is None and not waiting:
            return None
        last = last or len(self.journal.entries)
        self.session.send(push=self.push_message(first or waiting[0], last))
        while self.journal.entries[last - 1].verdict is None:
            self.take(self.session.receive())
        return self.journal.entries[last - 1].verdict.code

    def code_of(self, entry):
        verdict = self.journal.entries[entry - 1].verdict
        return verdict.code if verdict else "no verdict"

    def take_verdicts(self, verdicts):
        exceptions = {exception.entry: exception for exception in verdicts.exceptions}
        stamps, at = verdicts.stamps, 0
        for number in range(verdicts.first_entry, verdicts.first_entry + verdicts.entries):
            entry = self.journal.entries[number - 1]
            exception = exceptions.get(number)
            is_new = entry.verdict is None
            code = code_name(exception.code) if exception else None
            entry.verdict = Verdict.of(code, exception, verdicts.received_at)
            for change, digest in entry.changes:
                sealed, mac = stamps[at : at + 8], stamps[at + 8 : at + 24]
                at += 24
                verdict = pb.VERDICT_REFUSED if exception else pb.VERDICT_ACCEPTED
                position = int.from_bytes(sealed, "little")
                stamp = Stamp(self.epoch, position, verdicts.received_at, verdict, mac)
                if is_new:
                    self._judged(change, digest, stamp, exception is not None)
        if at != len(stamps):
            raise Refusal("MALFORMED", "stamps that are not 24 bytes a change")
        self.cursor = verdicts.cursor or self.cursor

    def _judged(self, change, digest, stamp, is_void):
        header = change.header
        record = self.records.get(header.record)
        if record is None and header.creates is not None and not is_void:
            record = self.records[header.record] = Record(header.record, header.creates, header.author)
            for void in self.voids.pop(header.record, []):
                record.void(self.actor, *void)
        if record is None and is_void:
            self.voids.setdefault(header.record, []).append((header.number, digest, stamp))
        if record is None or record.fields.version.get(header.actor, 0) >= header.number:
            return
        if is_void:
            record.void(header.actor, header.number, digest, stamp)
        else:
            record.accept(change, digest, stamp)

    # --- Delivery ---

    def follow(self, cursor=None):
        """Asks for deliveries, and takes them in until nothing more waits."""
        self.session.follows = True
        cursor = self.cursor if cursor is None else cursor
        if not cursor and self.records:
            self.session.send(holdings=pb.Holdings(records=self.held()))
        self.session.send(follow=pb.Follow(cursor=cursor))
        return self.until_caught_up()

    def until_caught_up(self):
        while True:
            message = self.session.receive()
            self.take(message)
            if message.WhichOneof("body") == "delivery" and message.delivery.caught_up:
                return self

    def until(self, condition):
        """Takes in what comes until something is so."""
        while not condition():
            self.take(self.session.receive())
        return self

    def take(self, message):
        body = message.WhichOneof("body")
        if body == "verdicts":
            self.take_verdicts(message.verdicts)
        elif body == "delivery":
            self.take_delivery(message.delivery)
        elif body == "availability":
            self.available.update(message.availability.attachments)
        elif body == "order":
            self.obey(message.order)
        elif body == "quarantine_notice":
            self.noticed = message.quarantine_notice.entries
        elif body == "device_notice":
            self.devices_waiting = message.device_notice.devices
        elif body == "quarantine_decisions":
            for decision in message.quarantine_decisions.decisions:
                self.decisions[decision.name.actor, decision.name.entry] = decision
        else:
            raise AssertionError(f"{body} where nothing was asked that it answers")

    # --- Scope ---

    def held(self):
        return [
            pb.HeldRecord(record=record, generation=self.generations.get(record, 1))
            for record in self.records
        ]

    def obey(self, order):
        if not signing.is_valid(self.tenant_key, order.signature, "kos.order.v1", order.body):
            raise Refusal("BAD_SIGNATURE", "an order")
        said = pb.OrderBody.FromString(order.body)
        if (said.tenant, said.actor) != (self.tenant, self.actor):
            raise Refusal("UNEXPECTED", "an order for another device")
        kind = said.WhichOneof("order")
        if kind == "exit":
            self.erased |= set(said.exit.erased)
            self.wipe(said.exit.records, said.issued_at)
        elif kind == "revocation":
            self.end(said.revocation)
        elif kind == "lease":
            self.lease = said.lease.until

    def end(self, revocation):
        """Its access ended (README 4.1): nothing is left, whatever is said of it."""
        self.revocation = (revocation.reason, revocation.revoked_at)
        for record in list(self.records):
            self.exited[record] = self.generations.get(record, 1)
            del self.records[record]
            self.entered.pop(record, None)
            self.wipes += 1

    def wipe(self, exits, at):
        self.exits += 1
        for held in exits:
            if self.generations.get(held.record, 1) > held.generation:
                continue
            self.exited[held.record] = held.generation
            self.wipes += self.records.pop(held.record, None) is not None
            self.entered.pop(held.record, None)
            self.generations.pop(held.record, None)
        if self.gives_receipts:
            self.session.send(receipt=self.receipt(exits, at))

    def receipt(self, exits, at, **changes):
        records = [
            pb.WipedRecord(record=held.record, generation=held.generation, wiped_at=at) for held in exits
        ]
        members = dict(tenant=self.tenant, actor=self.actor, records=records, wipes=self.wipes)
        body = pb.ReceiptBody(**{**members, **changes}).SerializeToString()
        return pb.Receipt(body=body, signature=self.key.sign("kos.receipt.v1", body))

    def take_delivery(self, delivery):
        if delivery.number > self.last_delivery + 1:
            raise Refusal("UNEXPECTED", "a delivery is missing")
        if delivery.number == self.last_delivery + 1:
            for enter in enters_of(delivery):
                self._enter(enter)
            for delivered in runs.read_delivered(delivery.changes, self.epoch):
                self._deliver(delivered)
            self.cursor = delivery.cursor or self.cursor
            self.last_delivery = delivery.number
        if self.confirms:
            self.confirm(delivery.number)

    def confirm(self, number):
        self.session.send(delivered=pb.Delivered(number=number))

    def _enter(self, enter):
        record = Record.read(enter.state)
        if record.facts is None or not record.creator:
            raise Refusal("MALFORMED", "a record that nobody created")
        if enter.generation < self.generations.get(record.id, 1):
            return
        if enter.generation <= self.exited.get(record.id, 0):
            return
        self.exited.pop(record.id, None)
        self.generations[record.id] = enter.generation
        self.entered[record.id] = enter.state
        self.records[record.id] = record

    def _deliver(self, delivered: Delivered):
        header = delivered.change.header
        self.arrived.append((header.record, header.actor, header.number))
        record = self.records.get(header.record)
        if record is None:
            raise LostSomething("a change of a record that is not held")
        head = record.heads.get(header.actor)
        held = head.number if head else 0
        if header.number <= held:
            return
        if header.number != held + 1:
            raise LostSomething("a change that leaves a gap")
        if delivered.void_digest:
            record.void(header.actor, header.number, delivered.void_digest, Stamp.of(delivered))
            return
        before = head.digest if head else digests.chain_start(self.tenant, record.id, header.actor)
        digest = digests.chain_next(before, header.encode(), delivered.change.payload)
        record.accept(delivered.change, digest, Stamp.of(delivered))

    # --- Quarantine ---

    def inquire(self, *entries):
        """What became of own entries."""
        names = [pb.QuarantineName(actor=self.actor, entry=entry) for entry in entries]
        self.session.send(quarantine_inquiry=pb.QuarantineInquiry(entries=names))
        message = self.session.receive()
        self.take(message)
        return [decision.outcome for decision in message.quarantine_decisions.decisions]

    def quarantine(self, after=None):
        """A page of what waits for this person."""
        return self._asked("quarantine", quarantine=pb.QuarantineRequest(request=7, after=after))

    def refuse(self, name, reason):
        refusal = pb.QuarantineRefusal(request=8, name=name, reason=reason)
        return self._asked("quarantine_refused", quarantine_refusal=refusal)

    def _asked(self, answer, **question):
        self.session.send(**question)
        while True:
            message = self.session.receive()
            body = message.WhichOneof("body")
            if body == answer:
                return getattr(message, answer)
            if body == "failure":
                raise Refusal(code_name(message.failure.code))
            self.take(message)

    def accept(self, waiting, seen=()):
        """Writes an entry whose changes stand for those of one that waits: its number in the journal."""
        changes, moved = [], {}
        for offered in waiting.changes:
            original = Original(Header.read(offered.header), offered.previous)
            record = original.header.record
            number = moved.get(record, self.journal.next_number(record) - 1) + 1
            moved[record] = number
            version = {**original.version}
            version.pop(self.actor, None)
            if number > 1:
                version[self.actor] = number - 1
            header = Header(
                record, self.actor, number, self.account, now(), version, original.header.creates,
                original.digest(offered.payload), audience_seen=seen,
            )
            changes.append(Change(header, offered.payload, original))
        return self.write_entry(*changes)

    # --- Inviting ---

    def invite(self, role, person=None, case=b"", name="Somebody", **changes):
        """Asks for a code: the code, or raises Refusal with why there is none."""
        code = Code(os.urandom(8), os.urandom(16), digests.sha256(self.tenant_key)[:16])
        members = dict(
            request=int.from_bytes(os.urandom(4), "big"), verifier=code.verifier, role=role,
            person=person or uuid.uuid4().bytes, case=case, person_name=name, code_id=code.id,
        )
        request = pb.InvitationRequest(**{**members, **changes})
        self.session.send(invitation=request)
        while True:
            message = self.session.receive()
            body = message.WhichOneof("body")
            if body == "invitation" and message.invitation.request == request.request:
                return Code(message.invitation.code_id, code.secret, code.fingerprint)
            if body == "failure" and message.failure.request == request.request:
                raise Refusal(code_name(message.failure.code))
            self.take(message)

    # --- Devices and people ---

    def ask(self, **body):
        """Asks about devices and people: the answer, or raises Refusal with why there is none."""
        (name, message), = body.items()
        message.request = int.from_bytes(os.urandom(4), "big")
        self.session.send(**body)
        answer = {"revocation": "revoked", "directory": "directory"}[name]
        while True:
            message_in = self.session.receive()
            body_in = message_in.WhichOneof("body")
            if body_in == answer and getattr(message_in, answer).request == message.request:
                return getattr(message_in, answer)
            if body_in == "failure" and message_in.failure.request == message.request:
                raise Refusal(code_name(message_in.failure.code))
            self.take(message_in)

    def directory(self):
        """Whom this device is told of, with their devices; itself first."""
        persons = []
        while True:
            page = self.ask(directory=pb.DirectoryRequest(skip=len(persons)))
            persons += page.persons
            if page.complete:
                return persons
