import ArgumentParser
import CRDT
import CaseModel

extension Session {
  /// What the log of what was opened says that this was for.
  private static let letterPurpose = "letter"

  /// What may stand on a letter to a person, or to the parents together.
  func letterScope(for person: Identifier?, in file: CaseFile) throws -> LetterScope {
    func forecast(_ person: Identifier) throws -> AccessForecast {
      try self.forecast(for: person, as: file.participants.first { $0.part.person == person }?.part.role)
    }
    if let person { return LetterScope(.person(try forecast(person))) }
    let parents = Set(file.participants.filter { $0.part.role == .parent }.map(\.part.person)).sorted()
    // A family of which nobody takes part is shown what a parent would be to whom nothing was closed by name.
    if parents.isEmpty {
      return LetterScope(.family([try self.forecast(for: replica.newIdentifier(), as: .parent)]))
    }
    return LetterScope(.family(try parents.map(forecast)))
  }

  /// Refuses to print for somebody who could not note that it was printed.
  func checkPrinting(in file: CaseFile) throws {
    guard takesPart(in: file) else { throw Failure(.refused, .notParticipant, replica.profile.personName) }
  }

  /// Writes a page into a file, after noting that its records were opened for it and left the system.
  ///
  /// The file gets its name last: what is there was noted.
  func print(
    _ page: Page, of paper: LetterPaper, as form: String, to person: Identifier?, label: String,
    _ options: LetterOptions
  ) async throws {
    let target = try NewFile(path: options.out, replacing: options.force)
    try open(paper.shown, for: Self.letterPurpose)
    try target.write(Array(page.html.utf8))
    let children = paper.file.children.map(\.id)
    let disclosure = CaseWork.disclosure(
      id: replica.newIdentifier(), in: paper.file.id, about: children, form: form,
      records: paper.shown.map(\.id), to: person, label: person == nil ? label : nil, on: paper.day)
    let act = try write([[disclosure]])
    try target.finish()
    let delivery = try await deliver(act, offline: options.write.offline)
    let (_, members) = recorded(disclosure, in: paper.file)
    try say(
      delivery, output.say(.letterWritten, options.out.shown, String(paper.shown.count)),
      members + [
        ("file", .string(options.out)), ("form", .string(form)), ("person", JSON(person)),
        ("shown", .array(paper.shown.map { JSON($0.id) })),
      ])
  }
}
