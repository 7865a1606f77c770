public import CRDT

/// A page that left the system on paper or in a file, as it was noted in the case.
public struct Printing: Sendable, Hashable {
  /// The disclosure.
  public let record: CaseRecord
  /// The day.
  public let day: CalendarDay?
  /// What sort of page.
  public let form: String
  /// Who printed it, as far as that is known here.
  public let printer: Identifier?
  /// For whom, where it is somebody of the case.
  public let recipient: Identifier?
  /// For whom, by part.
  public let recipientLabel: String?
  /// What stands on it.
  public let shown: [Identifier]

  /// Reads it from a disclosure; `nil` for another record.
  public init?(_ record: CaseRecord) {
    guard record.kind == .disclosure else { return nil }
    self.record = record
    day = record.day(Field.Disclosure.madeOn)
    form = record.text(Field.Disclosure.form) ?? ""
    printer = record.creator
    recipient = record.identifier(Field.Disclosure.recipient)
    recipientLabel = record.text(Field.Disclosure.recipientLabel)
    shown = record.identifiers(Field.Disclosure.records).sorted()
  }
}

extension CaseFile {
  /// The pages of the case on which any of the records stands, oldest first.
  public func printings(of records: Set<Identifier>) -> [Printing] {
    all(.disclosure).compactMap(Printing.init)
      .filter { page in records.contains(page.record.id) || page.shown.contains(where: records.contains) }
      .sorted {
        ($0.day ?? .min, $0.record.created, $0.record.id) < ($1.day ?? .min, $1.record.created, $1.record.id)
      }
  }
}
