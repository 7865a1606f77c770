import CRDT

@testable import WireProtocol

/// The vectors of texts.
extension Fixture {
  static let textField = FieldID(rawValue: 3)

  /// What two people write into one text: the first writes it, the other adds to it and takes something out,
  /// the first adds at the same place without knowing of that.
  var textEdits: [(header: ChangeHeader, edit: TextEdit)] {
    func header(
      _ actor: ActorID, _ number: UInt64, _ account: Identifier, _ after: Int64, _ version: VersionVector
    )
      -> ChangeHeader
    {
      ChangeHeader(
        record: record, id: ChangeID(actor: actor, number: number), author: account, writtenAt: time + after,
        version: version)
    }
    let first = ChangeID(actor: actor, number: 1)
    return [
      (
        header(actor, 1, account, 0, VersionVector()),
        edit(
          [TextStep(.insertAtStart, length: 13), TextStep(.insertBefore, index: 3, length: 1)],
          "Ro om aftenen ")
      ),
      (
        header(otherActor, 1, otherAccount, 60, version([(actor, 1)])),
        edit(
          [
            TextStep(.delete, change: first, index: 6, length: 7),
            TextStep(.insertAfter, change: first, index: 12, length: 9),
            TextStep(.delete, index: 8, length: 1),
          ], "middagen\u{1f9f8}")
      ),
      (
        header(actor, 2, account, 90, version([(actor, 1)])),
        edit([TextStep(.insertAfter, change: first, index: 12, length: 5)], "\u{e6} nu.")
      ),
    ]
  }

  private func edit(_ steps: [TextStep], _ text: String) -> TextEdit {
    guard let edit = TextEdit(steps: steps, text: text) else { preconditionFailure("an edit is none") }
    return edit
  }

  var textPayloads: [Payload] {
    textEdits.enumerated().map { place, item in
      Payload(
        salt: salt(UInt64(place)), operations: [Operation(field: Self.textField, action: .edit(item.edit))])
    }
      + [
        Payload(
          salt: salt(8),
          operations: [Operation(field: FieldID(rawValue: 4), action: .rank(Rank.evenly(300)[299]))])
      ]
  }

  var textEditVector: Vector {
    Vector(
      name: "text-edit",
      content: [
        "what": "Payloads of the three edits of a text, and of a rank.",
        "payloads": .list(
          textPayloads.map {
            [
              "salt": .hex($0.salt.bytes), "operations": .list($0.operations.map(JSON.operation)),
              "encoded": .hex($0.encoded),
            ]
          }),
      ])
  }

  func textSnapshot() -> RecordSnapshot {
    var snapshot = RecordSnapshot(record: record)
    for (place, payload) in textPayloads.prefix(3).enumerated() {
      take(textEdits[place].header, payload.operations, position: UInt64(place + 1), into: &snapshot)
    }
    return snapshot
  }

  var textStateVector: Vector {
    let snapshot = textSnapshot()
    let text = snapshot.state.text(Self.textField)
    let runs = text.state.runs.map { run -> JSON in
      [
        "change": .change(run.change), "index": .number(Int64(run.index)),
        "length": .number(Int64(run.length)),
        "deleted": .flag(run.isDeleted), "left": .flag(run.isLeft),
        "parent": run.parent.map { .dot($0) } ?? "",
      ]
    }
    return Vector(
      name: "text-state",
      content: [
        "what": "A RecordState with a text after the edits of text-edit.json, two of them at the same time.",
        "text": .text(text.string), "runs": .list(runs), "encoded": .hex(snapshot.encoded),
      ])
  }

  var compressedVector: Vector {
    Vector(
      name: "payload-compressed",
      content: [
        "what": "A compressed payload. Any compression will do; this one stores.",
        "operations": .list(payload(1, "Ro").operations.map(JSON.operation)),
        "encoded": .hex(compressed(payload(1, "Ro").encoded)),
      ])
  }

  /// A payload with what follows its salt in a section that is stored, so that no compressor has a say.
  func compressed(_ payload: [UInt8], told: Int? = nil, after: [UInt8] = []) -> [UInt8] {
    let content = Array(payload.dropFirst(18))
    return Samples.encoding { writer in
      writer.append(Array(payload.prefix(18)))
      writer.field(4, bytes: Self.stored(content) + after)
      writer.field(5, unsigned: UInt64(told ?? content.count))
    }
  }

  /// A zlib stream of one stored block (RFC 1950, RFC 1951 §3.2.4).
  static func stored(_ content: [UInt8]) -> [UInt8] {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in content {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    let length = UInt16(content.count)
    let sum = [high >> 8, high, low >> 8, low].map { UInt8(truncatingIfNeeded: $0) }
    let sizes = [length, length >> 8, ~length, ~length >> 8].map { UInt8(truncatingIfNeeded: $0) }
    return [0x78, 0x01, 0x01] + sizes + content + sum
  }
}

extension JSON {
  static func dot(_ dot: Dot) -> JSON {
    [
      "actor": .text(dot.change.actor.description), "number": .number(dot.change.number),
      "index": .number(Int64(dot.index)),
    ]
  }
}
