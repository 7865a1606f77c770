import ArgumentParser
import CRDT
import CaseModel
import SyncClient

extension Session {
  /// Drafts a participation; an external reporter gets a fresh alias.
  func participation(
    of person: Identifier, as role: Role, in file: CaseFile, for organisation: Identifier? = nil,
    since day: CalendarDay, from start: Int64? = nil, until end: Int64? = nil
  ) -> RecordDraft {
    CaseWork.participant(
      id: replica.newIdentifier(), in: file.id, person: person, role: role,
      alias: role == .externalReporter ? replica.newIdentifier() : nil, organisation: organisation,
      since: day, from: start, until: end)
  }

  /// The organisation that a participation in a role names: an involved professional's.
  func organisation(_ word: String?, for role: Role, of person: String) throws -> Identifier? {
    let organisation = try word.map(organisation)
    if role == .involvedProfessional, organisation == nil {
      throw Failure(.usage, .needsOrganisation, person)
    }
    return organisation
  }

  /// Shows an invitation.
  func say(_ invitation: Invitation, for name: String, _ person: Identifier) {
    output.object([
      ("link", JSON(invitation.link)), ("code", JSON(invitation.code)),
      ("expires_at", .integer(invitation.expiresAt)), ("name", JSON(name)), ("person", JSON(person)),
      ("remote", .boolean(invitation.isRemote)),
    ])
    output.line(output.say(.invited, name.shown, Clock.text(invitation.expiresAt)))
    output.line(invitation.link)
    if invitation.isRemote { output.line(output.say(.invitedRemotely, name.shown, serverAddress)) }
  }
}
