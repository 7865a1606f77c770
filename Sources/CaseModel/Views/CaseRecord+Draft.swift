public import CRDT

extension CaseRecord {
  /// A record as it would stand once the server had received a draft; nothing is stored.
  ///
  /// - Parameters:
  ///   - record: the record that the draft changes; `nil` for one that it creates.
  ///   - author: the person who writes it.
  ///   - instant: when the server receives it, in milliseconds since 1970.
  public init(_ draft: RecordDraft, over record: CaseRecord?, by author: Identifier, at instant: Int64) {
    var state = record?.state ?? RecordState()
    // An actor of which the record has nothing yet, so that the change is the next of its actor.
    var actor = UInt64(0)
    while state.version[ActorID(rawValue: actor)] != 0 { actor += 1 }
    let context = ChangeContext(
      id: ChangeID(actor: ActorID(rawValue: actor), number: 1), version: state.version, author: author,
      writtenAt: instant, receivedAt: instant)
    state.apply(Change(context: context, operations: draft.operations))
    self.init(
      id: draft.id, kind: draft.kind, caseID: draft.caseID, created: record?.created ?? instant,
      receivedAt: record == nil ? instant : record?.receivedAt,
      creator: record == nil ? author : record?.creator,
      about: draft.about, informationType: draft.informationType, origin: record?.origin, state: state)
  }
}
