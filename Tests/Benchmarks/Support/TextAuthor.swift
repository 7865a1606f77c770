import CRDT
import WireProtocol

/// Makes changes of one text, with all that a change has before it is stored: random bytes, header, payload,
/// chain.
struct TextAuthor {
  static let field = FieldID(rawValue: 1)
  static let tenant = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  static let record = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  private static let account = Identifier(
    randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))

  let actor: ActorID
  private var digest: Digest

  init(_ actor: ActorID) {
    self.actor = actor
    digest = Chain.start(tenant: Self.tenant, record: Self.record, actor: actor)
  }

  /// An editor of the text as a state has it.
  func editor(_ state: RecordState) -> TextEditor {
    TextEditor(state.text(Self.field))
  }

  /// Makes a change of what was edited on a state.
  mutating func change(_ editor: TextEditor, on state: RecordState, at time: Int64) throws -> EncodedChange? {
    guard let edit = editor.finish() else { return nil }
    let payload = Payload(
      salt: Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max)),
      operations: [Operation(field: Self.field, action: .edit(edit))])
    let header = ChangeHeader(
      record: Self.record, id: ChangeID(actor: actor, number: state.version[actor] + 1), author: Self.account,
      writtenAt: time, version: state.version)
    let change = EncodedChange(header: header, payload: payload.encoded)
    guard change.payload.count <= Limits.payloadBytes else {
      throw BenchmarkError(description: "a payload is larger than a change may have")
    }
    digest = change.digest(after: digest)
    return change
  }
}

/// A fresh replica that takes in what travelled.
struct TextReader {
  private(set) var replica = RecordReplica()
  /// Whether every change is chained to its actor's last one.
  let isChaining: Bool
  private var digests: [ActorID: Digest] = [:]

  init(isChaining: Bool) { self.isChaining = isChaining }

  /// Takes in one message.
  mutating func take(_ message: [UInt8]) throws {
    var digests = digests
    try replica.confirming { confirm in
      try ChangeUnpacker.forEach(in: message) { change in
        if isChaining {
          let actor = change.header.id.actor
          let before =
            digests[actor] ?? Chain.start(tenant: TextAuthor.tenant, record: TextAuthor.record, actor: actor)
          digests[actor] = change.digest(after: before)
        }
        confirm(try change.decoded(receivedAt: change.header.writtenAt))
      }
    }
    self.digests = digests
  }

  var text: String { replica.shown.text(TextAuthor.field).string }
}

extension TextEditor {
  /// Does what a patch of a trace says.
  mutating func apply(_ patch: EditingTrace.Patch) throws {
    guard patch.position >= 0, patch.deleted >= 0, patch.position <= count - patch.deleted else {
      throw BenchmarkError(description: "a patch is outside the text")
    }
    if patch.deleted > 0 { delete(patch.deleted, at: patch.position) }
    if !patch.inserted.isEmpty { insert(patch.inserted, at: patch.position) }
  }
}
