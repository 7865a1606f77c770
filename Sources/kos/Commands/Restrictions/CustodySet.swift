import ArgumentParser
import CRDT
import CaseModel

/// Records who holds custody of somebody: those who are named, and nobody else any more.
struct CustodySet: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: Phrase(
      "Notér, hvem der har forældremyndighed over nogen: dem, der nævnes, og ingen andre.",
      "Record who holds custody of somebody: those who are named, and nobody else."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    name: .customLong("of"),
    help: Phrase(
      "Over hvem: et barn, eller en voksen, som har sin egen.",
      "Of whom: a child, or an adult, who has her own."
    ).help(valueName: "subject"))
  var subject: String
  @Option(help: Phrase("Hvem, ved navn eller id.", "Who, by name or id.").help(valueName: "person"))
  var holder: [String]
  @Option(
    help: Phrase(
      "Hvorfra det vides: civil_register, family, court …",
      "Where that is known from: civil_register, family, court …"
    ).help())
  var source: String
  @OptionGroup var period: PeriodOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let subject = try session.subject(subject, in: file)
    let holders = try holder.map(session.person)
    let stock = try session.replica.stock()
    let standing = session.grants(.custody, in: file).filter { record in
      record.identifier(Field.Custody.subject) == subject
        && [.inForce, .notBegun].contains(session.standing(of: record, stock))
    }
    try session.open(standing + file.children.filter { $0.id == subject })
    let known = standing.compactMap { $0.identifier(Field.Custody.holder) }
    let end = try period.end(session)
    let new = holders.filter { !known.contains($0) }.map { holder in
      CaseWork.custody(
        id: session.replica.newIdentifier(), in: file.id, of: subject, holder: holder, source: source,
        from: period.start, until: end)
    }
    let over = standing.filter { record in
      record.identifier(Field.Custody.holder).map { !holders.contains($0) } ?? false
    }
    let drafts = new + over.map(CaseWork.end(custody:))
    let members: [(String, JSON)] = [
      ("subject", JSON(subject)), ("holders", .array(holders.map { JSON($0) })),
      ("added", .integer(Int64(new.count))), ("ended", .integer(Int64(over.count))),
    ]
    let names = holders.map { session.title(of: $0, stock, in: file.id) }.joined(separator: ", ")
    guard let first = drafts.first else {
      session.output.object(
        [("case", JSON(session.reference(file.id))), ("case_id", JSON(file.id))] + members + [
          ("saved", false)
        ])
      return session.output.line(session.output.say(.nothingChanged))
    }
    try await session.save(
      drafts, write,
      session.output.say(.custodySet, session.title(of: subject, stock, in: file.id), names),
      session.recorded(first, in: file).members + members)
  }
}
