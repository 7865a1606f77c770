public import CRDT
public import CaseModel

/// Whose replica it is.
public struct Profile: Hashable, Sendable {
  /// The municipality.
  public let tenant: Identifier
  /// Its name.
  public let tenantName: String
  /// The person.
  public let person: Identifier
  /// The person's name.
  public let personName: String
  /// The person's role in the tenant.
  public let role: Role
  /// The account that is the author of what is written here.
  public let account: Identifier
  /// The cases that an external reporter may send to, under the names he knows.
  public let aliases: [Identifier]
  /// Where the server is.
  public let serverURL: String
  /// Whether nothing but the file's mode protects the device's keys.
  public let isUnprotected: Bool
}

/// How a replica stands.
public struct ReplicaSummary: Sendable {
  /// Acts that have no verdict yet.
  public let pendingEntries: Int
  /// When the oldest of them was written, in milliseconds since 1970.
  public let pendingSince: Int64?
  /// What the server refused; its content stays here.
  public let refused: [RefusedWork]
  /// What was written here and waits for somebody's decision.
  public let quarantined: [RefusedWork]
  /// What was written here and waits for this person to confirm it.
  public let held: [RefusedWork]
  /// How many entries of others wait for this person's decision, as the server last said.
  public let waitingForDecision: Int
  /// How many devices of others wait for this person to confirm them, as the server last said.
  public let devicesWaiting: Int
  /// What contradicts what is kept of the logs of knowing.
  public let logFindings: [LogFindingSummary]
  /// What disagrees: fields that show values which differ and, where it was looked into, what records break
  /// together.
  public let conflicts: Int
  /// When the server was last reached.
  public let lastContact: Int64?
  /// When nothing was waiting on either side.
  public let lastCaughtUp: Int64?
  /// The digits by which a person is to confirm this device; `nil` when it is confirmed.
  public let confirmation: String?
  /// Whether it was never confirmed: it was enrolled with a code that was sent, and not handed over.
  public let isNewDevice: Bool
  /// What was set right when the server or this device had been restored; `nil` when neither was.
  public let healing: HealingSummary?
  /// Why the last exchange ended before that: a name of `Protocol/errors.md`, or a word of the transport;
  /// `nil` since one was opened.
  public let lastFailure: String?
  /// When it did, in milliseconds since 1970.
  public let lastFailureAt: Int64?
  /// Files that were attached here and are not all at the server.
  public let unsentAttachments: AttachmentBacklog
  /// That the access of this device ended; `nil` while it goes on.
  public let accessEnd: AccessEndSummary?
  /// How long what is held may be shown.
  public let lease: LeaseSummary

  /// How it stands in a word. What waits at the server is not known here: up to date is as of the last time
  /// that nothing waited on either side.
  public var standing: Standing {
    if accessEnd != nil { return .blocked }
    if let lastFailure, lastFailure == lastFailure.uppercased() { return .blocked }
    if pendingEntries > 0 || unsentAttachments.count > 0 { return .unsent }
    if lastFailure != nil || lastCaughtUp == nil { return .offline }
    let needsPerson =
      !refused.isEmpty || !held.isEmpty || conflicts > 0 || unsentAttachments.refused > 0
      || waitingForDecision > 0 || devicesWaiting > 0 || !logFindings.isEmpty
    return needsPerson ? .needsPerson : .upToDate
  }
}

/// How a replica stands, the worst first.
public enum Standing: String, Hashable, Sendable, CaseIterable {
  /// The server refuses this replica; somebody must act.
  case blocked
  /// Something that was written here has no verdict.
  case unsent
  /// Nothing waits here, but the server was not reached the last time.
  case offline
  /// Everything was exchanged, and some of it was refused or disagrees.
  case needsPerson = "needs_person"
  /// Everything was exchanged.
  case upToDate = "up_to_date"
}

/// Acts that the server has given no verdict on: they may not have reached it.
public struct Unsent: Hashable, Sendable {
  /// How many.
  public let entries: Int
  /// When the oldest was written, in milliseconds since 1970 by this device's clock.
  public let since: Int64?
}

/// What was set right when the server or the device had been restored.
public struct HealingSummary: Hashable, Sendable {
  /// When, in milliseconds since 1970 by this device's clock.
  public let at: Int64
  /// How many changes were written again, since the server did not have them.
  public let reissuedChanges: Int
  /// How many changes the server had lost and got back from here.
  public let returnedChanges: Int
  /// Whether the server still awaits something from others before it can take back what is kept here.
  public let isGoingOn: Bool
}

/// Work that the server refused.
public struct RefusedWork: Hashable, Sendable {
  /// The record that the refusal is about.
  public let record: Identifier
  /// What the record is, if that is known here.
  public let kind: RecordKind?
  /// Why: a name of `Protocol/errors.md`.
  public let code: String
  /// When it was written, in milliseconds since 1970 by this device's clock.
  public let at: Int64
  /// The texts that it holds.
  public let texts: [String]
  /// Whether its record left this replica: then it is kept as the municipality alone can read it.
  public let isSealed: Bool
  /// Why a person who decided on it refused it, in a word; `nil` when no person did.
  public let reason: String?
}

/// Somebody's work that waits for this person's decision.
public struct QuarantinedWork: Sendable {
  /// Names it: the actor that wrote it and its number in that journal, in hexadecimal.
  public let id: String
  /// Its author's name.
  public let author: String
  /// The device that it was written on.
  public let device: String
  /// Since when it waits, in milliseconds since 1970 by the server's clock.
  public let receivedAt: Int64
  /// When it was written, in milliseconds since 1970 by the author's clock.
  public let writtenAt: Int64
  /// Why it was not accepted: a name of `Protocol/errors.md`.
  public let code: String
  /// The records that it writes to, and of what kind they are where that is known.
  public let records: [(id: Identifier, kind: RecordKind?, caseID: Identifier?)]
  /// The texts that it holds.
  public let texts: [String]
}

/// One change in a record's history.
public struct HistoryLine: Hashable, Sendable {
  /// The author's name, or his account where the name is not known here.
  public let author: String
  /// Milliseconds since 1970 by the author's clock.
  public let writtenAt: Int64
  /// Milliseconds since 1970 by the server's clock; `nil` while it has not arrived.
  public let receivedAt: Int64?
  /// `pending`, `accepted`, or the name of the reason why it has no effect.
  public let status: String
}

/// What an exchange with the server came to.
public enum SyncOutcome: Hashable, Sendable {
  /// Nothing waits on either side.
  case upToDate
  /// The server was not reached, or the connection broke; what was written here is kept.
  case offline(String)
  /// Another process of this replica holds the session and did it.
  case handedOver
  /// The server refused the session: a name of `Protocol/errors.md`.
  case refused(String)
}

/// What a watcher is told.
public enum WatchEvent: Sendable {
  /// The session is open.
  case connected
  /// The session ended; another is tried.
  case disconnected(String)
  /// Nothing waits on either side.
  case upToDate
  /// Records that moved, and those of them that are new here.
  case changed([Identifier], entered: Set<Identifier>)
  /// Own work that was refused.
  case refused([RefusedWork])
  /// The server was restored, or this device, and both were set right.
  case healed
  /// Nothing is sent here until a person confirms the device by these digits.
  case unconfirmed(String)
  /// The server has what was pushed, lost its ledger, and delivers nothing until a leader ends that.
  case serverRecovers
  /// Attachments whose bytes are all at the server, which was not known here.
  case attachmentsAvailable([Identifier])
  /// How many entries of others wait for this person's decision.
  case quarantineWaiting(Int)
}

/// A one-time code and the link with it.
public struct Invitation: Hashable, Sendable {
  /// Address and code in one.
  public let link: String
  /// The code alone.
  public let code: String
  /// Milliseconds since 1970 by the server's clock.
  public let expiresAt: Int64
  /// Whether it is for somebody who is not in the room, whose device is to be confirmed.
  public let isRemote: Bool
}

/// What protects the device's keys.
public enum Protection: Hashable, Sendable {
  /// A passphrase that is asked for each time.
  case passphrase
  /// A passphrase in a file.
  case passphraseFile(String)
  /// A passphrase that is asked for once a login session.
  case sessionKeyring
  /// Nothing but the file's mode.
  case unprotected
}

/// How many bytes of messages went each way.
public struct Traffic: Hashable, Sendable {
  /// To the server.
  public internal(set) var sentBytes = 0
  /// From the server.
  public internal(set) var receivedBytes = 0
}
