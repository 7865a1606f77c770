"""Every golden vector read, and written again byte for byte; every invalid one refused with its cause."""

import uuid
from types import SimpleNamespace

from kossync import bundles, codes, content, digests, knowing, merge, runs, signing, state, strict, text_state
from kossync.content import member
from kossync.header import Header
from kossync.schema import pb
from suite import Failed, Group, expect, expect_refusal, expect_true

from .notation import (
    VECTORS, actor, header, hexes, ident, load, operation, told_operation, told_run, told_value,
)

group = Group("vectors", needs_server=False)
READERS = {}


def vector(name):
    def declare(function):
        READERS[name] = function
        return function

    return declare


@vector("actor.json")
def _actor(told):
    for one in told["actors"]:
        expect(f"{signing.actor_id(bytes.fromhex(one['key'])):016x}", one["actor"])


@vector("attachment.json")
def _attachment(told):
    for side, kind in (("client", pb.ClientMessage), ("server", pb.ServerMessage)):
        for one in told[side]:
            encoded = bytes.fromhex(one["encoded"])
            message = strict.read(kind, encoded)
            expect(message.WhichOneof("body"), one["message"])
            expect(strict.write(message), encoded, "written again")
            expect(_told_members(getattr(message, one["message"])), _members(one), one["message"])


def _members(told):
    return {name: value for name, value in told.items() if name not in ("message", "encoded")}


def _told_members(body):
    """The members of a message on attachments as a vector tells them."""
    told = {}
    for field in body.DESCRIPTOR.fields:
        value = getattr(body, field.name)
        if field.name == "attachments":
            told[field.name] = [str(uuid.UUID(bytes=one)) for one in value]
        elif field.name == "attachment":
            told[field.name] = str(uuid.UUID(bytes=value))
        else:
            told[field.name] = value.hex() if isinstance(value, bytes) else value
    return told


@vector("bundle.json")
def _bundle(told):
    sides = (
        ("push", "hello", "kos.bundle.v1", bundles.PUSH, "device", "tenant"),
        ("delivery", "body", "kos.bundle-reply.v1", bundles.DELIVERY, "tenant", "device"),
    )
    for name, content, context, kind, sender, receiver in sides:
        one = told[name]
        header, signed = bytes.fromhex(one["header"]), bytes.fromhex(one[content])
        parsed = pb.BundleHeader.FromString(header)
        info = bundles.sealing_info(kind, parsed.tenant, parsed.actor)
        expect(info.hex(), one["sealing_info"])
        expect(bundles.transcript(header, signed).hex(), one["transcript"])
        key = signing.SigningKey(bytes.fromhex(told[f"{sender}_secret_key"]))
        expect(signing.signed_bytes(context, bytes.fromhex(one["transcript"])).hex(), one["signed"])
        expect(key.sign(context, bytes.fromhex(one["transcript"])).hex(), one["signature"])
        secret = bytes.fromhex(told[f"{receiver}_agreement_secret"])
        expect(signing.agreement_key(secret).hex(), told[f"{receiver}_agreement_key"])
        read_header, messages = bundles.read(bytes.fromhex(one["file"]), kind, secret)
        expect(read_header, header)
        expect([message.hex() for message in messages], one["messages"])
        written = bundles.write(
            kind, parsed.tenant, parsed.actor, signing.agreement_key(secret), lambda _: messages,
            ephemeral=bytes.fromhex(told["ephemeral_secret"]),
        )
        expect(written.hex(), one["file"], "written again")


@vector("rescue.json")
def _rescue(told):
    tenant, who = ident(told["tenant"]), actor(told["actor"])
    info = bundles.item_info(tenant, who)
    expect(info.hex(), told["sealing_info"])
    secret, item = bytes.fromhex(told["tenant_agreement_secret"]), bytes.fromhex(told["item"])
    expect(bundles.open_item(bytes.fromhex(told["sealed"]), secret, tenant, who).hex(), told["item"])
    ephemeral = bytes.fromhex(told["ephemeral_secret"])
    sealed = bundles.seal_item(item, signing.agreement_key(secret), tenant, who, ephemeral)
    expect(sealed.hex(), told["sealed"], "written again")
    expect(strict.write(strict.read(pb.SealedItem, item)), item, "written again")
    key = signing.SigningKey(bytes.fromhex(told["device_secret_key"]))
    signed = tenant + digests.u64(who)
    expect(signing.signed_bytes("kos.rescue.v1", signed).hex(), told["signed"])
    signature = key.sign("kos.rescue.v1", signed).hex()
    expect([key.public.hex(), signature], [told["device_key"], told["signature"]])
    data = bytes.fromhex(told["bytes_item"])
    piece = strict.read(pb.SealedItem, data)
    expect(strict.write(piece), data, "written again")
    upload = piece.bytes.upload
    expect((upload.size, upload.digest), (len(piece.bytes.content), digests.sha256(piece.bytes.content)))
    signed += upload.attachment + digests.u64(upload.size) + upload.digest
    expect(signing.signed_bytes("kos.rescue-bytes.v1", signed).hex(), told["bytes_signed"])
    expect(key.sign("kos.rescue-bytes.v1", signed), piece.bytes.signature)


@vector("certificate.json")
def _certificate(told):
    data, signature = hexes([told["certificate"], told["signature"]])
    key = bytes.fromhex(told["tenant_key"])
    expect_true(signing.is_valid(key, signature, "kos.device-certificate.v1", data), "signature")
    expect(strict.write(strict.read(pb.DeviceCertificate, data)), data, "written again")
    tenant = signing.SigningKey(bytes([1] * 32))
    expect(tenant.sign("kos.device-certificate.v1", data), signature, "signed again")


@vector("signed-statement.json")
def _statements(told):
    tenant, device = (
        signing.SigningKey(bytes.fromhex(told[f"{who}_secret_key"])) for who in ("tenant", "device"))
    expect([tenant.public.hex(), device.public.hex()], [told["tenant_key"], told["device_key"]])
    expect(signing.actor_id(device.public), actor(told["actor"]))
    statements = [(one, tenant, "kos.order.v1", pb.OrderBody) for one in told["orders"]] + [
        (told["receipt"], device, "kos.receipt.v1", pb.ReceiptBody),
        (told["succession"], device, "kos.succession.v1", pb.ActorCertificate),
        (told["recovery_end"], device, "kos.recovery-end.v1", pb.RecoveryStatement),
    ]
    for one, key, context, kind in statements:
        encoded = bytes.fromhex(one["encoded"])
        read = strict.read(kind, encoded)
        expect(strict.write(read), encoded, f"{context} written again")
        expect(read.tenant, ident(told["tenant"]), context)
        expect(read.predecessor if kind is pb.ActorCertificate else read.actor, actor(told["actor"]), context)
        expect(signing.signed_bytes(context, encoded).hex(), one["signed"])
        expect(key.sign(context, encoded).hex(), one["signature"])
    orders = [pb.OrderBody.FromString(bytes.fromhex(one["encoded"])) for one in told["orders"]]
    kinds = ["backup_watermark", "exit", "revocation", "lease"]
    expect([order.WhichOneof("order") for order in orders], kinds)
    transfer = told["transfer"]
    header, statement = hexes([transfer["header"], transfer["statement"]])
    expect(strict.read(pb.BundleHeader, header).kind, pb.BUNDLE_TRANSFER)
    handed = digests.sha256(header) + statement
    expect(signing.signed_bytes("kos.transfer.v1", handed).hex(), transfer["signed"])
    signature = tenant.sign("kos.transfer.v1", handed)
    expect(signature.hex(), transfer["signature"])
    # The file's first message: its one member is the opening, with the statement and the signature.
    expect(member(1, member(1, statement) + member(2, signature)).hex(), transfer["message"])


@vector("chain.json")
def _chain(told):
    digest = digests.chain_start(ident(told["tenant"]), ident(told["record"]), actor(told["actor"]))
    expect(digest.hex(), told["start"])
    for change in told["changes"]:
        encoded, payload = hexes([change["header"], change["payload"]])
        digest = digests.chain_next(digest, Header.read(encoded).encode(), payload)
        expect(digest.hex(), change["digest"])


@vector("cursor.json")
def _cursor(told):
    expect_true(told["cursor"], "informative: there is one")


@vector("stamp.json")
def _stamp(told):
    for stamp in told["stamps"]:
        expect([len(one) for one in hexes([stamp["sealed_position"], stamp["mac"]])], [8, 16])


@vector("delivered-changes.json")
def _delivered(told):
    epoch, encoded = ident(told["epoch"]), bytes.fromhex(told["encoded"])
    read = runs.read_delivered(encoded, epoch)
    expect(runs.write_delivered(read, epoch), encoded, "written again")
    wanted = [_told_delivered(one, epoch) for one in told["changes"]]
    expect(runs.write_delivered(wanted, epoch), encoded, "written from what is told")
    for one, other in zip(read, wanted, strict=True):
        if one.void_digest:
            expect(_named(one), _named(other), "void")
        else:
            expect(one, other, "read")


def _named(delivered):
    told = delivered.change.header
    return told.record, told.actor, told.number, delivered.void_digest, delivered.received_at


def _told_delivered(one, epoch):
    change = runs.Change(header(one["header"]), bytes.fromhex(one["payload"]))
    position = int(one["sealed_position"], 16)
    mac, void_digest = hexes([one["mac"], one["void_digest"]])
    return runs.Delivered(change, epoch, position, one["received_at"], mac, void_digest)


@vector("enrolment-code.json")
def _code(told):
    code = codes.Code.read(told["text"])
    expect([code.id.hex(), code.secret.hex(), code.fingerprint.hex()],
           [told["id"], told["secret"], told["fingerprint"]])
    expect(code.text(), told["text"], "written again")
    expect_true(code.fits(bytes.fromhex(told["tenant_key"])), "the fingerprint is the tenant's")
    expect(code.verifier.hex(), told["verifier"])
    proof = signing.enrolment_proof(code.verifier, bytes.fromhex(told["transcript"]))
    expect(proof.hex(), told["proof"])


@vector("header.json")
def _header(told):
    for one in told["headers"]:
        canonical = bytes.fromhex(one["canonical"])
        expect(Header.read(canonical), header(one["header"]), "read")
        expect(header(one["header"]).encode(), canonical, "written")
        expect(digests.sha256(canonical).hex(), one["sha256"])


@vector("journal.json")
def _journal(told):
    digest = digests.journal_start(ident(told["tenant"]), actor(told["actor"]))
    expect(digest.hex(), told["start"])
    for entry in told["entries"]:
        digest = digests.journal_next(digest, hexes(entry["changes"]))
        expect(digest.hex(), entry["digest"])


@vector("packed-changes.json")
def _packed(told):
    encoded = bytes.fromhex(told["encoded"])
    wanted = [runs.Change(header(c["header"]), bytes.fromhex(c["payload"])) for c in told["changes"]]
    expect(runs.read_packed(encoded), wanted, "read")
    expect(runs.write_packed(wanted), encoded, "written")


@vector("payload.json")
def _payload(told):
    encoded = bytes.fromhex(told["encoded"])
    payload = content.Payload.read(encoded)
    expect(payload.salt.hex(), told["salt"])
    expect([told_operation(operation) for operation in payload.operations], told["operations"])
    expect(payload.encode(), encoded, "written again")
    expect(digests.sha256(encoded).hex(), told["sha256"])


@vector("payload-compressed.json")
def _compressed(told):
    encoded = bytes.fromhex(told["encoded"])
    payload = content.Payload.read(encoded)
    expect([told_operation(operation) for operation in payload.operations], told["operations"])
    expect(payload.encode_compressed(level=0), encoded, "written again")
    for level in (1, 6, 9):
        expect(content.Payload.read(payload.encode_compressed(level)), payload, f"level {level}")


@vector("text-edit.json")
def _text_edit(told):
    for one in told["payloads"]:
        encoded = bytes.fromhex(one["encoded"])
        payload = content.Payload.read(encoded)
        expect(payload.salt.hex(), one["salt"])
        expect([told_operation(operation) for operation in payload.operations], one["operations"])
        wanted = tuple(map(operation, one["operations"]))
        expect(payload.operations, wanted, "read")
        expect(content.Payload(payload.salt, wanted).encode(), encoded, "written from what is told")


@vector("text-state.json")
def _text_state(told):
    encoded = bytes.fromhex(told["encoded"])
    record = state.Record.read(encoded)
    expect(record.encode(), encoded, "written again")
    [text] = record.fields.texts.values()
    expect(text.read(), told["text"])
    expect([told_run(run) for run in text_state.runs_of(text)], told["runs"])


@group.case("the text of text-state.json is what the edits of text-edit.json make of it, in any order")
def _(world):
    edits = load("text-edit.json")["payloads"][:3]
    encoded = bytes.fromhex(load("text-state.json")["encoded"])
    record = state.Record.read(encoded)
    [(number, text)] = record.fields.texts.items()
    changes = [(actor("6a3803d5f059902a"), 1), (actor("b62e867fa2f33afe"), 1), (actor("6a3803d5f059902a"), 2)]
    for order in ((0, 1, 2), (0, 2, 1)):
        fields = merge.Fields()
        for place in order:
            writing = text.writings[changes[place]]
            stamp = SimpleNamespace(received_at=writing.received_at)
            context = merge.Context(*changes[place], {}, writing.account, writing.written_at, stamp)
            fields.apply(context, content.Payload.read(bytes.fromhex(edits[place]["encoded"])).operations)
        expect(fields.texts[number], text)


@vector("push-proof.json")
def _push_proof(told):
    tenant, who = ident(told["tenant"]), actor(told["actor"])
    heads = {ident(h["record"]): (h["number"], bytes.fromhex(h["digest"])) for h in told["heads"]}
    journal = told["journal"]
    root = digests.push_root(journal["entries"], bytes.fromhex(journal["digest"]), heads)
    expect(root.hex(), told["root"])
    signed = signing.push_content(tenant, who, root)
    expect(signing.signed_bytes("kos.push.v1", signed).hex(), told["signed"])
    key = signing.SigningKey(bytes.fromhex(told["secret_key"]))
    expect([key.public.hex(), key.sign("kos.push.v1", signed).hex()], [told["public_key"], told["signature"]])
    signature = bytes.fromhex(told["signature"])
    expect_true(signing.is_valid(key.public, signature, "kos.push.v1", signed), "valid")


@vector("record-state.json")
def _record_state(told):
    encoded = bytes.fromhex(told["encoded"])
    record = state.Record.read(encoded)
    expect(record.encode(), encoded, "written again")
    expect([str(uuid.UUID(bytes=one)) for one in (record.id, record.creator)],
           [told["record"], told["creator"]])
    for one in told["heads"]:
        head = record.heads[actor(one["actor"])]
        verdict = pb.VERDICT_ACCEPTED if one["accepted"] else pb.VERDICT_REFUSED
        expect((head.number, head.digest.hex(), head.stamp.received_at, head.stamp.verdict),
               (one["number"], one["digest"], one["received_at"], verdict), "head")
    expect(len(record.heads), len(told["heads"]))
    fields = record.fields
    expect(sorted(fields.live), [(one["field"], one["kind"]) for one in told["fields"]], "keys")
    for one in told["fields"]:
        lives = sorted(
            fields.live[one["field"], one["kind"]],
            key=lambda live: (live.context.shown_at(), *live.dot), reverse=True,
        )
        expect([_told_live(live) for live in lives], one["live"], f"field {one['field']}")


def _told_live(live):
    told = {"unknown": state.encode_kept(live.operation).hex()}
    if live.operation.is_known:
        told = told_value(live.operation.value)
    return {
        "actor": f"{live.context.actor:016x}", "number": live.context.number, "index": live.index,
        "value": told,
    }


@vector("log-row.json")
def _log_rows(told):
    for log, events, name in ((1, "DeliveredEvent", "delivered"), (2, "OpenedEvent", "opened")):
        for one in told[name]:
            row = bytes.fromhex(one["encoded"])
            commitment = knowing.commitment(log, row)
            expect(commitment.hex(), one["commitment"])
            expect(knowing.leaf(commitment).hex(), one["leaf"])
            fields = knowing.read("LogRow", row)
            if "entry" in fields:
                _log_entry(knowing.read("LogEntry", fields["entry"]), events, one)


def _log_entry(entry, events, told):
    expect(entry["recorded_at"], told["recorded_at"])
    for part, message in (("agent", "LogAgent"), ("event", events)):
        encoded = entry[part]
        expect(knowing.part_digest(f"kos.log-{part}.v1".encode(), encoded).hex(), told[f"{part}_digest"])
        content = knowing.read("LogPart", encoded).get("content")
        expect(content.hex() if content else None, told.get(part), part)
        if content:
            expect(knowing.write(message, knowing.read(message, content)), content, f"{part} written again")


@vector("log-checkpoint.json")
def _log_checkpoints(told):
    key = bytes.fromhex(told["tenant_key"])
    for one in told["checkpoints"]:
        encoded = bytes.fromhex(one["encoded"])
        fields = knowing.read("LogCheckpoint", encoded)
        expect((fields["tenant"], fields["log_id"]), (ident(told["tenant"]), ident(told["log_id"])))
        expect(
            (fields["log"], fields.get("size", 0), fields["root"].hex(), fields["signed_at"]),
            (one["log"], one["size"], one["root"], one["signed_at"]))
        expect(signing.signed_bytes("kos.log-checkpoint.v1", encoded).hex(), one["signed"])
        signature = bytes.fromhex(one["signature"])
        expect_true(signing.is_valid(key, signature, "kos.log-checkpoint.v1", encoded), "valid")
        # The rows that it covers are those of the other file.
        rows = load("log-row.json")[("delivered", "opened")[one["log"] - 1]][:one["size"]]
        leaves = [bytes.fromhex(row["commitment"]) for row in rows]
        expect(digests.merkle_root(leaves).hex(), one["root"])


@vector("log-proof.json")
def _log_proofs(told):
    leaves = [bytes([n] * n) for n in range(13)]
    size, *peaks = told["frontier"][:16], *_chunks(told["frontier"][16:], 64)
    expect(int(size, 16), len(leaves))
    expect(peaks, [digests.merkle_root(part).hex() for part in (leaves[:8], leaves[8:12], leaves[12:])])
    for one in told["inclusion"]:
        leaf, root = hexes([one["leaf"], one["root"]])
        expect(leaf, knowing.leaf(leaves[one["index"]]))
        expect(root, digests.merkle_root(leaves[:one["size"]]))
        path = hexes(one["path"])
        expect_true(knowing.includes(leaf, one["index"], one["size"], path, root), "included")
        expect_true(not knowing.includes(leaf, one["index"] + 1, one["size"], path, root), "elsewhere")
    for one in told["consistency"]:
        roots = hexes([one["first_root"], one["second_root"]])
        expect(roots, [digests.merkle_root(leaves[:one[end]]) for end in ("first", "second")])
        path = hexes(one["path"])
        expect_true(knowing.begins_with(one["first"], one["second"], *roots, path), "consistent")
        other = digests.sha256(roots[0])
        is_another = knowing.begins_with(one["first"], one["second"], other, roots[1], path)
        expect_true(not is_another, "another past")


def _chunks(text, length):
    return [text[at:at + length] for at in range(0, len(text), length)]


@vector("session.json")
def _session(told):
    hello, body = hexes([told["client_hello"], told["server_hello_body"]])
    expect(strict.write(strict.read(pb.ClientMessage, hello)), hello, "client's hello written again")
    expect(strict.write(strict.read(pb.ServerHelloBody, body)), body, "server's hello written again")
    transcript = signing.transcript(hello, body)
    expect(transcript.hex(), told["transcript"])
    for who, context, secret in (
        ("server", "kos.server-hello.v1", told["tenant_secret_key"]),
        ("device", "kos.session.v1", told["device_secret_key"]),
    ):
        key = signing.SigningKey(bytes.fromhex(secret))
        public = told["tenant_key" if who == "server" else "device_key"]
        expect(key.public.hex(), public)
        expect(signing.signed_bytes(context, transcript).hex(), told[f"{who}_signed"])
        expect(key.sign(context, transcript).hex(), told[f"{who}_signature"])
        expect_true(signing.is_valid(
            key.public, bytes.fromhex(told[f"{who}_signature"]), context, transcript), "valid")
    parsed = pb.ClientMessage.FromString(hello).hello
    expect(parsed.holdings_digest.hex(), told["holdings_digest"])


FORMATS = {
    "Payload": content.Payload.read,
    "Header": Header.read,
    "PackedChanges": runs.read_packed,
    "DeliveredChanges": lambda data: runs.read_delivered(data, bytes(16)),
    "RecordState": state.Record.read,
}


def _invalid(name):
    told = load(f"invalid/{name}")
    if told["format"] not in FORMATS:
        raise Failed(f"no reader for the format {told['format']}: add one to FORMATS")
    expect_refusal(told["code"], FORMATS[told["format"]], bytes.fromhex(told["encoded"]))


def _golden(name):
    if name not in READERS:
        raise Failed("no reader for this file: add one with @vector")
    READERS[name](load(name))


for path in sorted(VECTORS.glob("*.json")):
    group.add(path.name, lambda world, name=path.name: _golden(name))
for path in sorted((VECTORS / "invalid").glob("*.json")):
    group.add(f"invalid/{path.name}", lambda world, name=path.name: _invalid(name))


@group.case("no reader is without its file")
def _readers(world):
    expect(sorted(set(READERS) - {path.name for path in VECTORS.glob("*.json")}), [])
