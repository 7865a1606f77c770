import CRDT

/// What of a case, or of the register, nobody is to have any more, as its record says it.
struct Erasure: Sendable, Hashable {
  /// Which records.
  let records: [Identifier]
  /// Whether a second person confirmed it: from then on it holds, and nothing ends it.
  let isConfirmed: Bool
  /// Whether the proposal was given up before that.
  let isEnded: Bool

  /// Reads an erasure; `nil` when it does not say what, or neither why nor where it is archived.
  ///
  /// - Parameter isFromElsewhere: whether another tenant's people created it. Who that was nobody knows here,
  ///   where she has no account: that it was not who confirmed it her server saw to.
  init?(_ record: CaseRecord, isFromElsewhere: Bool = false) {
    records = record.identifiers(Field.Erasure.records)
    let reasons = [Field.Erasure.ground, Field.Erasure.archived].compactMap(record.text)
    guard !records.isEmpty, reasons.contains(where: { !$0.isEmpty }) else { return nil }
    isConfirmed =
      isFromElsewhere && record.creator == nil
      ? record.identifier(Field.Erasure.confirmedBy) != nil
      : record.isConfirmedBySecond(Field.Erasure.confirmedBy)
    isEnded = !isConfirmed && record.hasElements(Field.Erasure.ended)
  }
}
