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
  init?(_ record: CaseRecord) {
    records = record.identifiers(Field.Erasure.records)
    let reasons = [Field.Erasure.ground, Field.Erasure.archived].compactMap(record.text)
    guard !records.isEmpty, reasons.contains(where: { !$0.isEmpty }) else { return nil }
    isConfirmed = record.isConfirmedBySecond(Field.Erasure.confirmedBy)
    isEnded = !isConfirmed && record.hasElements(Field.Erasure.ended)
  }
}
