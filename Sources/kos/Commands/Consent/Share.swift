import ArgumentParser
import CRDT
import CaseModel

/// Lets one person see part of a case, in one act: her participation, her organisation's word and the consent
/// for a professional, a release for a parent.
struct Share: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "share",
    abstract: Phrase(
      "Del en del af en sag med én person: deltagelse og samtykke i ét, eller frigivelse til en forælder.",
      "Share part of a case with one person: participation and consent in one, or a release to a parent."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    name: .customLong("with"),
    help: Phrase("Modtageren ved navn eller id.", "The recipient, by name or id.").help(valueName: "person"))
  var recipient: String
  @Option(
    help: Phrase(
      "Den organisation, en ny deltager kommer fra.", "The organisation that somebody new comes from."
    ).help())
  var organisation: String?
  @Option(
    help: Phrase(
      "Hvem der indestår for hende på organisationens vegne.",
      "Who vouches for her on the organisation's behalf."
    ).help(valueName: "person"))
  var vouchedBy: String?
  @OptionGroup var what: DisclosureOptions
  @OptionGroup var signing: SigningOptions
  @OptionGroup var grant: GrantOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let person = try session.person(recipient)
    let roles = file.participants.filter { $0.part.person == person }.map(\.part.role)
    guard !roles.contains(where: \.isStaff) else { throw Failure(.usage, .staffSeesAlready, recipient) }
    let disclosure = try what.disclosure(to: person, in: file, session)
    let drafts: [RecordDraft]
    if roles.contains(.parent) {
      drafts = [
        CaseWork.release(
          id: session.replica.newIdentifier(), in: file.id, to: person, types: disclosure.types,
          about: disclosure.subjects, from: disclosure.startsAt, until: disclosure.endsAt,
          horizon: disclosure.horizon)
      ]
    } else {
      let part =
        roles.contains(.analysisTeam) ? [] : try participation(of: person, in: file, disclosure, session)
      drafts = part + (try signing.drafts(of: disclosure, in: file, session))
    }
    guard let told = drafts.last else { return }
    try await session.grant(drafts, to: [person], grant, in: file, told: told)
  }

  /// What makes a professional take part for an organisation that vouches for her, as far as it is missing.
  private func participation(
    of person: Identifier, in file: CaseFile, _ disclosure: CaseWork.Disclosure, _ session: Session
  ) throws -> [RecordDraft] {
    let stock = try session.replica.stock()
    let part = file.participants.first { $0.part.person == person && $0.part.role == .involvedProfessional }
    let record = stock.register[.person]?.first { $0.id == person }
    let named = try organisation.map(session.organisation)
    guard let organisation = named ?? part?.part.organisation ?? record?.identifier(Field.Person.organisation)
    else { throw Failure(.usage, .needsOrganisation, recipient) }
    var drafts: [RecordDraft] = []
    if part?.part.organisation != organisation {
      drafts.append(
        session.participation(
          of: person, as: .involvedProfessional, in: file, for: organisation, since: session.day(nil)))
    }
    let now = session.replica.now()
    if stock.vouchings(for: person, by: organisation, at: now).isEmpty {
      guard let vouchedBy else { throw Failure(.usage, .needsVoucher, recipient) }
      drafts.append(
        CaseWork.vouching(
          id: session.replica.newIdentifier(), organisation: organisation, person: person,
          voucher: try session.person(vouchedBy), from: min(disclosure.startsAt, now),
          until: disclosure.endsAt))
    }
    return drafts
  }
}
