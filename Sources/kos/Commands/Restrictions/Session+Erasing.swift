import CRDT
import CaseModel

/// What erasing would take, and from whom.
extension Session {
  /// Tells which records would be erased and who of those who take part reads them now.
  ///
  /// - Parameters:
  ///   - records: those that are here.
  ///   - unseen: how many more there are. Who reads those cannot be judged without them: whoever takes no
  ///     part in the case is told who does, and not that nobody reads them.
  /// - Returns: the same for programs.
  func tell(
    erasing records: [CaseRecord], unseen: Int = 0, in file: CaseFile
  ) throws -> [(String, JSON)] {
    try open(records)
    let stock = try replica.stock()
    var readers: Set<Identifier> = []
    let persons = Set(file.participants.map(\.part.person))
    for person in persons {
      let forecast = try forecast(for: person)
      if records.contains(where: { forecast.reading($0).isAllowed }) { readers.insert(person) }
    }
    output.line(called(file.id), .heading)
    for record in records {
      let day = Clock.text(record.created)
      output.line("  \(short(record.id))  \(kind(record.kind))  \(day)")
    }
    func names(_ persons: Set<Identifier>) -> String {
      persons.isEmpty
        ? "–" : persons.map { title(of: $0, stock, in: file.id) }.sorted().joined(separator: ", ")
    }
    if !records.isEmpty { output.line(output.say(.readersNow, names(readers))) }
    if unseen > 0 { output.line(output.say(.erasesUnseen, String(unseen), names(persons))) }
    return [
      ("records", .array(records.map { JSON($0.id) })),
      ("readers", .array(readers.sorted().map { JSON($0) })),
    ]
  }
}
