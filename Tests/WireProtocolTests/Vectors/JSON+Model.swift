import CRDT
import WireProtocol

/// How vectors show the values of the protocol.
extension JSON {
  static func hex(_ bytes: some Sequence<UInt8>) -> JSON { .text(bytes.hex) }
  static func hex(_ digest: Digest) -> JSON { .text(digest.bytes.hex) }
  static func hex(_ word: UInt64) -> JSON { .text(ActorID(rawValue: word).description) }
  static func id(_ identifier: Identifier) -> JSON { .text(identifier.description) }
  static func number(_ value: UInt64) -> JSON { .number(Int64(value)) }

  static func version(_ version: VersionVector) -> JSON {
    .list(version.entries.map { ["actor": .text($0.actor.description), "number": .number($0.number)] })
  }

  static func facts(_ facts: RecordFacts) -> JSON {
    [
      "tenant": .id(facts.tenant), "case": facts.caseID.map(JSON.id) ?? "",
      "kind": .number(Int64(facts.kind)),
      "created": .number(facts.created), "about": .list(facts.about.map(JSON.id)),
      "information_type": .number(Int64(facts.informationType)),
    ]
  }

  static func header(_ header: ChangeHeader) -> JSON {
    var members: [Member] = [
      Member(name: "record", value: .id(header.record)),
      Member(name: "actor", value: .text(header.id.actor.description)),
      Member(name: "number", value: .number(header.id.number)),
      Member(name: "author", value: .id(header.author)),
      Member(name: "written_at", value: .number(header.writtenAt)),
      Member(name: "version", value: .version(header.version)),
    ]
    if let facts = header.creates { members.append(Member(name: "creates", value: .facts(facts))) }
    if let digest = header.originDigest { members.append(Member(name: "origin_digest", value: .hex(digest))) }
    if !header.audienceSeen.isEmpty {
      let seen = header.audienceSeen.map { seen -> JSON in
        ["record": .id(seen.record), "version": .version(seen.version)]
      }
      members.append(Member(name: "audience_seen", value: .list(seen)))
    }
    return .object(members)
  }

  static func value(_ value: CRDT.Value) -> JSON {
    switch value {
    case .null: ["null": true]
    case .boolean(let value): ["boolean": .flag(value)]
    case .integer(let value): ["integer": .text(String(value))]
    case .text(let value): ["text": .text(value)]
    case .bytes(let value): ["bytes": .hex(value)]
    case .identifier(let value): ["identifier": .id(value)]
    case .unknown(let encoding): ["unknown": .hex(encoding)]
    }
  }

  static func operation(_ operation: Operation) -> JSON {
    let field = JSON.number(Int64(operation.field.rawValue))
    return switch operation.action {
    case .assign(let value): ["field": field, "assign": .value(value)]
    case .add(let value): ["field": field, "add": .value(value)]
    case .remove(let value): ["field": field, "remove": .value(value)]
    case .decide(let value): ["field": field, "decide": .value(value)]
    case .rank(let rank): ["field": field, "rank": .hex(rank.bytes)]
    case .edit(let edit):
      ["field": field, "steps": .list(edit.steps.map(JSON.step)), "text": .text(edit.text)]
    case .unknown(let kind, let encoding):
      ["field": field, "kind": .number(Int64(kind.rawValue)), "kept": .hex(encoding)]
    }
  }

  static func step(_ step: TextStep) -> JSON {
    let name =
      switch step.kind {
      case .insertAfter: "insert_after"
      case .insertBefore: "insert_before"
      case .insertAtStart: "insert_at_start"
      case .delete: "delete"
      }
    var members = [
      Member(name: "step", value: .text(name)), Member(name: "length", value: .number(Int64(step.length))),
    ]
    if step.kind != .insertAtStart {
      members.append(Member(name: "index", value: .number(Int64(step.index))))
    }
    if let change = step.change { members.append(Member(name: "change", value: .change(change))) }
    return .object(members)
  }

  static func change(_ change: ChangeID) -> JSON {
    ["actor": .text(change.actor.description), "number": .number(change.number)]
  }
}
