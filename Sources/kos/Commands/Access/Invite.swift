import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Makes a one-time link for a colleague, a partner or a parent.
struct Invite: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Lav et engangslink til en kollega, eller på en sag til en ekstern eller en forælder.",
      "Make a one-time link for a colleague, or on a case for somebody from outside or a parent."
    ).said)

  @Argument(help: Phrase.roles.help(), completion: .role)
  var role: String
  @Option(
    name: .customLong("case"),
    help: Phrase("Sagen, der skal deltages i.", "The case to take part in.").help(valueName: "ref"))
  var caseReference: String?
  @Option(help: Phrase("Hvad personen hedder.", "What the person is called.").help())
  var name: String
  @Option(
    help: Phrase(
      "Den organisation, en involveret fagperson kommer fra.",
      "The organisation that a professional comes from."
    ).help())
  var organisation: String?
  @Flag(
    help: Phrase(
      "Til en, der ikke er i rummet: gælder 7 dage; enheden venter, til dens cifre er læst op for dig.",
      "For somebody not in the room: good for 7 days; the device waits until its digits were read out to you."
    ).help())
  var remote = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let role = try RoleName.role(role)
    let file = try caseReference.map(session.file)
    if role == .externalReporter, file == nil { throw Failure(.usage, .needsCase) }
    if file != nil, role == .dataProtectionOfficer || role == .administrator {
      throw Failure(.usage, .takesNoPart, session.role(role))
    }
    let (person, drafts) = try prepare(role, file, session)
    try session.check([drafts])
    // Whoever is new is written down once the server has granted the code: one that is refused leaves nobody
    // in the register. Nobody sees the code before that is written.
    let isNew = drafts.contains { $0.kind == .person }
    if !isNew { try await send(drafts, session) }
    let invitation = try await link(for: person, as: role, in: file, after: drafts, session)
    if isNew {
      do {
        try await send(drafts, session)
      } catch {
        session.output.notice(session.output.say(.inviteAgain, name))
        throw error
      }
    }
    session.say(invitation, for: name, person)
  }

  /// Writes what the invitation needs, and waits until the server has it.
  private func send(_ drafts: [RecordDraft], _ session: Session) async throws {
    let act = try session.write(session.introduction() + (drafts.isEmpty ? [] : [drafts]))
    switch try await session.deliver(act, offline: false, timeout: .seconds(20)) {
    case .sent: break
    case .queued(let failure): throw failure ?? Failure(.offline, .offline, "timed_out")
    case .quarantined, .held: throw Failure(.refused, .refused, "FORBIDDEN")
    case .refused(let code): throw Failure(.refused, .refused, code)
    }
  }

  /// Asks the server for the code.
  private func link(
    for person: Identifier, as role: Role, in file: CaseFile?, after drafts: [RecordDraft],
    _ session: Session
  ) async throws -> Invitation {
    do {
      return try await session.replica.invite(
        role: role, person: person, name: name, case: file?.id, isRemote: remote,
        passphrase: session.passphrase)
    } catch let error as ReplicaError where error.code == .refused(name: "NOT_PERMITTED") {
      // Whoever is enrolled gets no link, but sees the case that she was just let into.
      if let file, !drafts.isEmpty, drafts.allSatisfy({ $0.kind == .participant }) {
        throw Failure(.refused, .takesPartWithoutLink, name, session.short(file.id))
      }
      throw Failure(.refused, .inviteRefused, "NOT_PERMITTED")
    }
  }

  /// The person whom the invitation is for, and what is to be written for it.
  private func prepare(
    _ role: Role, _ file: CaseFile?, _ session: Session
  ) throws -> (Identifier, [RecordDraft]) {
    var drafts: [RecordDraft] = []
    let known = try session.replica.stock().register[.person]?.filter { $0.text(Field.Person.name) == name }
    let person: Identifier
    if let known, known.count == 1 {
      person = known[0].id
    } else {
      person = session.replica.newIdentifier()
      drafts.append(CaseWork.person(id: person, name: name))
    }
    if let file, !file.participants.contains(where: { $0.part.person == person && $0.part.role == role }) {
      let organisation = try session.organisation(organisation, for: role, of: name)
      drafts.append(
        session.participation(of: person, as: role, in: file, for: organisation, since: session.day(nil)))
    }
    return (person, drafts)
  }
}
