import CRDT
import CaseModel

/// Numbers of lists mean what they meant when the list was shown last, or nothing.
extension Session {
  /// Keeps what the numbers of a list mean that is about to be shown.
  ///
  /// - Parameter records: all that have a number in it, in their order, also those that are not shown now.
  func keepNumbers(of records: [CaseRecord], in list: NumberedList = .ofKind) throws {
    guard let name = list.name(of: records) else { return }
    try replica.keep(numbers: records.map(\.id), of: name)
  }

  /// The one record of a list that a number in it, an id or a prefix of one names.
  ///
  /// - Throws: `Failure` where there is none or there are several, or the number meant another record when
  ///   the list was shown last.
  func record(
    _ word: String, in records: [CaseRecord], of list: NumberedList = .ofKind
  ) throws -> CaseRecord {
    if list != .unnumbered, let number = Int(word), word.count < 4, records.indices.contains(number - 1) {
      let record = records[number - 1]
      if let name = list.name(of: records) {
        try check(number, means: record.id, in: name) { try line(record) }
      }
      return record
    }
    let found = records.filter { $0.id.description.hasPrefix(word.lowercased()) }
    guard let first = found.first, word.count >= 4 else { throw Failure(.usage, .noSuchRecord, word) }
    guard found.count == 1 else { throw Failure(.usage, .severalRecords, word) }
    return first
  }

  /// Refuses a number that stood for something else when its list was shown last. Where it was never shown,
  /// or had no such number, it means what it means now.
  ///
  /// - Parameter line: what it stands for now.
  func check(
    _ number: Int, means id: Identifier, in list: String, line: () throws -> String
  ) throws {
    guard let shown = try replica.numbers(of: list), shown.indices.contains(number - 1),
      shown[number - 1] != id
    else { return }
    throw Failure(.usage, .numberMoved, String(number), try line())
  }

  private func line(_ record: CaseRecord) throws -> String {
    let name = "\(kind(record.kind)) \(short(record.id))"
    guard try obstacle(to: .content) == nil else { return name }
    let stock = try replica.stock()
    try open([record])
    let isDescribed = record.kind.isGoverned || record.kind == .protectedContact
    let text = isDescribed ? describe(record, stock) : summary(record, stock)
    return "\(name): \(text.shown(upTo: 70))"
  }
}
