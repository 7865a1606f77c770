import CRDT

@testable import WireProtocol

/// The vector of a record's state.
extension Fixture {
  /// Two devices wrote at the same time; a set, a decision, an operation of a kind to come, and a void head.
  func snapshot() -> RecordSnapshot {
    var snapshot = RecordSnapshot(record: record)
    let first = ChangeHeader(
      record: record, id: ChangeID(actor: actor, number: 1), author: account, writtenAt: time,
      version: VersionVector(), creates: facts)
    let field = FieldID(rawValue: 1)
    take(first, richPayload.operations, position: 1, into: &snapshot)
    let mine = ChangeHeader(
      record: record, id: ChangeID(actor: actor, number: 2), author: account, writtenAt: time + 10,
      version: version([(actor, 1)]))
    take(mine, [Operation(field: field, action: .assign(.text("A")))], position: 2, into: &snapshot)
    let other = ChangeHeader(
      record: record, id: ChangeID(actor: otherActor, number: 1), author: otherAccount, writtenAt: time + 5,
      version: version([(actor, 1)]))
    take(other, [Operation(field: field, action: .assign(.text("B")))], position: 3, into: &snapshot)
    let digest = Digest.of { $0.add(self.salt(5)) }
    let seal = stampKey.seal(
      position: 4, epoch: epoch, receivedAt: time + 99, isAccepted: false, digest: digest)
    try? snapshot.void(
      head: .init(
        id: ChangeID(actor: otherActor, number: 2), digest: digest, receivedAt: time + 99, isAccepted: false,
        seal: seal))
    return snapshot
  }

  func take(
    _ header: ChangeHeader, _ operations: [Operation], position: UInt64, into snapshot: inout RecordSnapshot
  ) {
    let payload = Payload(salt: salt(position), operations: operations)
    let change = EncodedChange(header: header, payload: payload.encoded)
    let digest = change.digest(after: snapshot.digest(of: header.id.actor, tenant: tenant))
    let received = time + 50 + Int64(position)
    let seal = stampKey.seal(
      position: position, epoch: epoch, receivedAt: received, isAccepted: true, digest: digest)
    let context = ChangeContext(
      id: header.id, version: header.version, author: header.author, writtenAt: header.writtenAt,
      receivedAt: received, seal: seal)
    try? snapshot.accept(
      Change(context: context, operations: operations), creates: header.creates,
      head: .init(id: header.id, digest: digest, receivedAt: received, seal: seal))
  }

  var stateVector: Vector {
    let snapshot = snapshot()
    let heads = snapshot.heads.values.sorted { $0.id < $1.id }.map { head -> JSON in
      [
        "actor": .text(head.id.actor.description), "number": .number(head.id.number),
        "digest": .hex(head.digest),
        "received_at": .number(head.receivedAt), "accepted": .flag(head.isAccepted),
      ]
    }
    let fields = snapshot.state.fields.sorted { $0.key < $1.key }.map { key, _ -> JSON in
      [
        "field": .number(Int64(key.field.rawValue)), "kind": .number(Int64(key.kind.rawValue)),
        "live": .list(snapshot.state.operations(key.field, key.kind).map(live)),
      ]
    }
    return Vector(
      name: "record-state",
      content: [
        "what":
          "A record as it stands: a conflict in field 1, a set, a decision, kinds to come, and a void head.",
        "record": .id(record), "facts": .facts(facts), "creator": .id(account), "heads": .list(heads),
        "fields": .list(fields), "encoded": .hex(snapshot.encoded),
      ])
  }

  private func live(_ operation: LiveOperation) -> JSON {
    [
      "actor": .text(operation.dot.change.actor.description), "number": .number(operation.dot.change.number),
      "index": .number(Int64(operation.index)), "value": .value(operation.value),
    ]
  }
}
