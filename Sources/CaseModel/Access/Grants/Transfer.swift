import CRDT

/// That a case goes to another tenant, as its record says it (R51).
struct Transfer: Sendable, Hashable {
  /// The tenant that takes it over.
  let recipient: Identifier
  /// The digest of the card of the tenant that takes it over.
  let card: String
  /// Whether a second person confirmed it, and nobody ended it: then nobody here reads the case any more.
  let isInForce: Bool
  /// Whether it was given up.
  let isEnded: Bool
  /// Whether a second person confirmed it.
  let isConfirmed: Bool

  /// Reads a transfer; `nil` when it does not say where the case goes, or why.
  init?(_ record: CaseRecord) {
    guard let recipient = record.identifier(Field.Transfer.recipient),
      let card = record.text(Field.Transfer.card), card.utf8.count == 64,
      let ground = record.text(Field.Transfer.ground), !ground.isEmpty
    else { return nil }
    self.recipient = recipient
    self.card = card
    isConfirmed = record.isConfirmedBySecond(Field.Transfer.confirmedBy)
    isEnded = record.hasElements(Field.Transfer.ended)
    isInForce = isConfirmed && !isEnded
  }
}
