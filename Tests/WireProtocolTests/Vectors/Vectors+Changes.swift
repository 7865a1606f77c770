import CRDT

@testable import WireProtocol

/// The vectors of changes.
extension Fixture {
  /// One operation of each kind, and one value of each type.
  var richPayload: Payload {
    func operation(_ field: UInt32, _ action: Operation.Action) -> Operation {
      Operation(field: FieldID(rawValue: field), action: action)
    }
    let unknown = Samples.unknownOperation(value: .integer(7))
    return Payload(
      salt: salt(0),
      operations: [
        operation(1, .assign(.text("Åse 👩‍👧"))), operation(2, .assign(.integer(-20_574))),
        operation(3, .assign(.null)), operation(4, .assign(.boolean(false))),
        operation(5, .add(.identifier(child))),
        operation(5, .remove(.identifier(caseID))), operation(6, .decide(.identifier(account))),
        operation(7, .assign(.bytes([0, 255]))), operation(8, .assign(.unknown(Samples.unknownValue))),
        operation(9, .unknown(kind: unknown.kind, encoding: unknown.bytes)),
        operation(9, .unknown(kind: Samples.bareOperation.kind, encoding: Samples.bareOperation.bytes)),
      ])
  }

  var payloadVector: Vector {
    let payload = richPayload
    return Vector(
      name: "payload",
      content: [
        "what": "A payload with an operation of each kind and a value of each type, unknown ones included.",
        "salt": .hex(payload.salt.bytes), "operations": .list(payload.operations.map(JSON.operation)),
        "encoded": .hex(payload.encoded),
        "sha256": .hex(Digest.of { $0.add(payload.encoded) }),
      ])
  }

  var headerVector: Vector {
    func item(_ header: ChangeHeader) -> JSON {
      let bytes = header.canonicalBytes
      return [
        "header": .header(header), "canonical": .hex(bytes), "sha256": .hex(Digest.of { $0.add(bytes) }),
      ]
    }
    let last = changes[2].header
    let withOrigin = ChangeHeader(
      record: last.record, id: last.id, author: last.author, writtenAt: last.writtenAt, version: last.version,
      originDigest: digests[1])
    let early = ChangeHeader(
      record: last.record, id: ChangeID(actor: actor, number: 1), author: last.author, writtenAt: -1,
      version: VersionVector())
    return Vector(
      name: "header",
      content: [
        "what": "Headers and the one encoding of each that is hashed.",
        "headers": .list((changes.map(\.header) + [withOrigin, early, knowing.header]).map(item)),
      ])
  }

  /// A change whose author knew of two records that say who may read hers.
  var knowing: EncodedChange {
    let seen = [
      AudienceVersion(record: otherRecord, version: otherChange.header.version.replacing(otherActor, by: 1)),
      AudienceVersion(record: caseID, version: changes[2].header.version),
    ]
    let last = otherChange.header
    let header = ChangeHeader(
      record: last.record, id: ChangeID(actor: otherActor, number: 2), author: last.author,
      writtenAt: last.writtenAt + 1, version: last.version.replacing(otherActor, by: 1),
      audienceSeen: seen.sorted { $0.record < $1.record })
    return EncodedChange(header: header, payload: payload(9, "Aftalt").encoded)
  }

  var chainVector: Vector {
    var digest = Chain.start(tenant: tenant, record: record, actor: actor)
    let start = digest
    let items = changes.map { change -> JSON in
      digest = change.digest(after: digest)
      return [
        "header": .hex(change.header.canonicalBytes), "payload": .hex(change.payload), "digest": .hex(digest),
      ]
    }
    return Vector(
      name: "chain",
      content: [
        "what": "The digests of three changes of one actor in one record.",
        "tenant": .id(tenant), "record": .id(record), "actor": .text(actor.description),
        "start": .hex(start), "changes": .list(items),
      ])
  }

  var journalVector: Vector {
    var journal = JournalHead.start(tenant: tenant, actor: actor)
    let start = journal.digest
    let other = otherChange.digest(
      after: Chain.start(tenant: tenant, record: otherRecord, actor: otherActor))
    let entries = [[digests[0]], [digests[1], other], [digests[2]]].map { entry -> JSON in
      journal = journal.appending(changes: entry)
      return [
        "entry": .number(journal.entries), "changes": .list(entry.map(JSON.hex)),
        "digest": .hex(journal.digest),
      ]
    }
    return Vector(
      name: "journal",
      content: [
        "what": "The digests of three journal entries; the second holds two changes.",
        "tenant": .id(tenant), "actor": .text(actor.description), "start": .hex(start),
        "entries": .list(entries),
      ])
  }

  var packedVector: Vector {
    let run = changes + [otherChange, knowing]
    var packer = ChangePacker()
    for change in run { packer.append(change) }
    return Vector(
      name: "packed-changes",
      content: [
        "what": "A run of five changes as a push carries them (PackedChanges).",
        "changes": .list(run.map { ["header": .header($0.header), "payload": .hex($0.payload)] }),
        "encoded": .hex(packer.encoded),
      ])
  }

  /// The three changes as the server passes them on, the second refused.
  var delivered: [DeliveredChange] {
    zip(changes, digests).enumerated().map { index, pair in
      let isAccepted = index != 1
      let received = time + Int64(index) * 100_000
      let seal = stampKey.seal(
        position: UInt64(index + 1), epoch: epoch, receivedAt: received, isAccepted: isAccepted,
        digest: pair.1)
      return DeliveredChange(
        header: pair.0.header, payload: isAccepted ? pair.0.payload : nil, receivedAt: received, seal: seal,
        voidDigest: isAccepted ? nil : pair.1)
    }
  }

  var deliveredVector: Vector {
    var packer = ChangePacker()
    for change in delivered { packer.append(change) }
    let items = delivered.map { change -> JSON in
      [
        "header": .header(change.header), "payload": .hex(change.payload ?? []),
        "received_at": .number(change.receivedAt), "sealed_position": .hex(change.seal.sealedPosition),
        "mac": .hex(change.seal.mac.bytes), "void_digest": change.voidDigest.map(JSON.hex) ?? "",
      ]
    }
    return Vector(
      name: "delivered-changes",
      content: [
        "what": "A run of three changes as a delivery carries them (DeliveredChanges); the second is void.",
        "epoch": .id(epoch), "changes": .list(items), "encoded": .hex(packer.encoded),
      ])
  }
}
