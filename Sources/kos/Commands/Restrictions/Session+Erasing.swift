import CRDT
import CaseModel

/// What erasing would take, and from whom.
extension Session {
  /// Tells which records would be erased and who of those who take part reads them now.
  ///
  /// - Returns: the same for programs.
  func tell(erasing records: [CaseRecord], in file: CaseFile) throws -> [(String, JSON)] {
    try open(records)
    let stock = try replica.stock()
    var readers: Set<Identifier> = []
    let persons = Set(file.participants.map(\.part.person))
    for person in persons {
      let forecast = try forecast(for: person)
      if records.contains(where: { forecast.reading($0).isAllowed }) { readers.insert(person) }
    }
    for record in records {
      let day = Clock.text(record.created)
      output.line("  \(short(record.id))  \(kind(record.kind))  \(day)")
    }
    let names = readers.map { title(of: $0, stock, in: file.id) }.sorted().joined(separator: ", ")
    output.line(output.say(.readersNow, names.isEmpty ? "–" : names))
    return [
      ("records", .array(records.map { JSON($0.id) })),
      ("readers", .array(readers.sorted().map { JSON($0) })),
    ]
  }
}
