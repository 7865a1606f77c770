public import CRDT

/// A record must fit into one delivery, or nobody could ever be sent it.
extension RecordSnapshot {
  /// Whether the record, with a state in place of its own, fits into one delivery (`Protocol/limits.md`).
  ///
  /// - Complexity: O(live operations); near the limit the state is encoded to be exact.
  public func isDeliverable(with state: RecordState) -> Bool {
    if byteCountMax(with: state) <= Limits.stateBytes { return true }
    let snapshot = RecordSnapshot(
      record: record, facts: facts, creator: creator, receivedAt: receivedAt, heads: heads, state: state)
    return snapshot.encoded.count <= Limits.stateBytes
  }

  /// Whether the record fits into one delivery once it has taken in a change.
  ///
  /// - Complexity: O(live operations); near the limit the state is copied and encoded to be exact.
  public func isDeliverable(after change: Change) -> Bool {
    let added = change.operations.reduce(Self.headBytes) { sum, operation in
      if case .edit(let edit) = operation.action { return sum + Self.editBytes(edit) }
      return sum + Self.operationBytes(operation.keptValue, of: change.context)
    }
    if byteCountMax(with: state) + added <= Limits.stateBytes { return true }
    var after = state
    after.apply(change)
    return isDeliverable(with: after)
  }

  /// No encoding of a head, of a live value with its change but for the author's vector, or of one entry of a
  /// vector takes more bytes.
  private static let headBytes = 160
  private static let liveBytes = 256
  private static let vectorEntryBytes = 22

  private func byteCountMax(with state: RecordState) -> Int {
    var sum = 256 + (facts.map { 32 * $0.about.count } ?? 0) + Self.headBytes * heads.count
    for operations in state.fields.values {
      for operation in operations { sum += Self.operationBytes(operation.value, of: operation.context) }
    }
    for text in state.texts.values { sum += Self.textBytes(text) }
    return sum
  }

  /// No encoding of a run of characters, or of a change with the account and the times, takes more bytes.
  private static let runBytes = 32
  private static let writingBytes = 64

  private static func textBytes(_ text: TextSequence) -> Int {
    let waiting = text.waiting.reduce(0) { sum, waiting in
      sum + operationBytes(nil, of: waiting.context) + editBytes(waiting.edit)
    }
    return 64 + 4 * text.count + runBytes * (text.spanCount + text.changeCount) + writingBytes
      * text.changeCount
      + waiting
  }

  /// No step of an edit makes more than three runs of one.
  private static func editBytes(_ edit: TextEdit) -> Int {
    64 + writingBytes + 4 * edit.text.utf8.count + 3 * runBytes * edit.steps.count
  }

  private static func operationBytes(_ value: Value?, of context: ChangeContext) -> Int {
    let vectors = context.version.entries.count + (context.origin?.version.entries.count ?? 0)
    return liveBytes + vectorEntryBytes * vectors + (value?.byteCountMax ?? 0)
  }
}

extension Value {
  fileprivate var byteCountMax: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    // It may stand beside the operation that carries it.
    case .unknown(let encoding): 2 * encoding.count
    case .null, .boolean, .integer, .identifier: 32
    }
  }
}
