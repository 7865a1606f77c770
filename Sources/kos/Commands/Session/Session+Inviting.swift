import ArgumentParser
import CRDT
import CaseModel
import SyncClient

extension Session {
  /// Drafts a participation; an external reporter gets a fresh alias.
  func participation(
    of person: Identifier, as role: Role, in file: CaseFile, since day: CalendarDay
  ) -> RecordDraft {
    CaseWork.participant(
      id: replica.newIdentifier(), in: file.id, person: person, role: role,
      alias: role == .externalReporter ? replica.newIdentifier() : nil, since: day)
  }

  /// Shows an invitation.
  func say(_ invitation: Invitation, for name: String, _ person: Identifier) {
    output.object([
      ("link", JSON(invitation.link)), ("code", JSON(invitation.code)),
      ("expires_at", .integer(invitation.expiresAt)), ("name", JSON(name)), ("person", JSON(person)),
    ])
    output.line(output.say(.invited, name.shown, Clock.text(invitation.expiresAt)))
    output.line(invitation.link)
  }
}
