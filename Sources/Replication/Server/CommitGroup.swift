public import CRDT
public import WireProtocol

/// What one transaction of the server writes: everything that the sessions submitted since the last one.
public struct CommitGroup: Sendable {
  /// Changes with their verdicts, in order of position.
  public var changes: [JudgedChange] = []
  /// Of these what the ledger keeps as well, as it could be offered again: who loses it forgets who may read
  /// what (`Protocol/ledger.md`).
  public var governing: [OfferedChange] = []
  /// What came from the ledger before, and gets the verdict now that its device was not told.
  public var told: Set<Digest> = []
  /// Entries with their verdicts, in order per actor.
  public var entries: [JudgedEntry] = []
  /// Numbers of chains that were used up in records that were erased. Of these changes nothing else is kept.
  public var erasedChanges: [ErasedChange] = []
  /// The records that the changes moved, as they stand after the group.
  public var records: [Identifier: RecordSnapshot] = [:]
  /// Accounts that are new or changed.
  public var accounts: [Account] = []
  /// Devices that are new or changed, their journals included.
  public var devices: [ActorID: Device] = [:]
  /// Devices whose access ended.
  public var revocations: [Revocation] = []
  /// Codes that are new or changed.
  public var codes: [PendingCode] = []
  /// Codes that expired before are kept no longer, in milliseconds since 1970; without it all are kept.
  public var codesKeptFrom: Int64?
  /// Persons who were erased from the register: no code names them any more, also none that has expired.
  public var erasedPersons: [Identifier] = []
  /// Records that devices hold from now on.
  public var holdings: [Holding] = []
  /// What devices say that they hold, beside what they confirmed.
  public var listed: [DeviceRecord] = []
  /// What devices hold and are to wipe.
  public var exits: [DeviceRecord] = []
  /// What devices say that they have wiped.
  public var receipts: [Receipt] = []
  /// When that was decided, in milliseconds since 1970.
  public var decidedAt: Int64 = 0
  /// Devices of which it was asked whether they hold what may not be read any more, and up to when in
  /// milliseconds since 1970 the answer counts the time that passed.
  public var reviews: [ActorID: Int64] = [:]
  /// Devices that say that they have nothing: what they held is to be sent anew. It comes after `holdings`.
  public var forgotten: Set<ActorID> = []
  /// What valid stamps show was accepted before, and the log lacks.
  public var awaited: [AwaitedChange] = []
  /// The epochs that begin with the group, the last of which goes on; those before are epochs that the log
  /// had forgotten.
  public var epochs: [EpochStart] = []
  /// What else the ledger says of the group. It is durable before the group takes effect.
  public var ledger: [LedgerEvent] = []
  /// Rows for the log of what was delivered. They are durable before anything of them is sent.
  public var delivered: [DeliveredRow] = []
  /// Rows for the log of what was opened. They are durable, in the ledger too, before their devices are told.
  public var opened: [OpenedRow] = []
  /// When the logs of knowing are to be signed as they stand with the group, in milliseconds since 1970.
  public var checkpointAt: Int64?
  /// Whether another log of what was delivered and another of what was opened begins: those before cannot be
  /// gone on with.
  public var beginsLogs = false
  /// What waits for persons from now on, and what they decided.
  public var quarantine = QuarantineWrites()
  /// Bytes of attachments.
  public var attachments = AttachmentWrites()
  /// The position of the last change.
  public var position: UInt64
  /// The log's digest after the last change.
  public var logDigest: Digest

  /// An empty group after `position`.
  public init(after position: UInt64, logDigest: Digest = LogDigest.start) {
    self.position = position
    self.logDigest = logDigest
  }

  /// The first change of each actor in each record, in order of position: who is told of it is sent what
  /// follows as well.
  var firstChanges: [JudgedChange] {
    struct Source: Hashable {
      let record: Identifier
      let actor: ActorID
    }
    var seen: Set<Source> = []
    return changes.filter { change in
      let header = change.change.header
      return seen.insert(Source(record: header.record, actor: header.id.actor)).inserted
    }
  }

  /// Whether a leader ended the recovery in the group.
  public var endsRecovery: Bool {
    ledger.contains { if case .recoveryEnded = $0 { true } else { false } }
  }

  /// The records whose keys are destroyed with the group.
  public var keysDestroyed: [Identifier] {
    ledger.flatMap { event -> [Identifier] in
      if case .keysDestroyed(let records) = event { records } else { [] }
    }
  }

  /// Whether there is nothing to write.
  public var isEmpty: Bool {
    changes.isEmpty && erasedChanges.isEmpty && entries.isEmpty && accounts.isEmpty && devices.isEmpty
      && codes.isEmpty && erasedPersons.isEmpty
      && revocations.isEmpty
      && holdings.isEmpty && listed.isEmpty && exits.isEmpty && receipts.isEmpty && reviews.isEmpty
      && forgotten.isEmpty && awaited.isEmpty && epochs.isEmpty && attachments.isEmpty && quarantine.isEmpty
      && ledger.isEmpty && delivered.isEmpty && opened.isEmpty && checkpointAt == nil && !beginsLogs
  }
}

/// A change with the server's verdict.
public struct JudgedChange: Hashable, Sendable {
  /// Its place in the server's log, from 1, without gaps.
  public let position: UInt64
  /// The change as it was received.
  public let change: EncodedChange
  /// Its digest in its chain.
  public let digest: Digest
  /// Milliseconds since 1970 by the server's clock.
  public let receivedAt: Int64
  /// Whether it was accepted; otherwise it is void and its payload is not stored.
  public let isAccepted: Bool
  /// The rest of its stamp.
  public let seal: Seal
  /// Whether it is in the log; what is refused since its record was erased is not.
  var isLogged: Bool { position > 0 }
  /// The digest of a void change's payload where the payload itself is not at hand.
  public let payloadDigest: Digest?

  /// Describes a judged change.
  public init(
    position: UInt64, change: EncodedChange, digest: Digest, receivedAt: Int64, isAccepted: Bool, seal: Seal,
    payloadDigest: Digest? = nil
  ) {
    self.payloadDigest = payloadDigest
    self.position = position
    self.change = change
    self.digest = digest
    self.receivedAt = receivedAt
    self.isAccepted = isAccepted
    self.seal = seal
  }

  /// The form in which it is passed on.
  public var delivered: DeliveredChange {
    DeliveredChange(
      header: change.header, payload: isAccepted ? change.payload : nil, receivedAt: receivedAt, seal: seal,
      voidDigest: isAccepted ? nil : digest, origin: isAccepted ? change.origin : nil)
  }
}

/// An entry with the server's verdict, kept so that a retry gets the same one.
public struct JudgedEntry: Hashable, Sendable {
  /// Whose journal it is in.
  public let actor: ActorID
  /// The journal after it.
  public let journal: JournalHead
  /// The verdict.
  public let verdict: EntryVerdict

  /// Describes a judged entry.
  public init(actor: ActorID, journal: JournalHead, verdict: EntryVerdict) {
    self.actor = actor
    self.journal = journal
    self.verdict = verdict
  }
}

/// A change that the log lacks, and that a stamp shows to have been accepted before a restore.
public struct AwaitedChange: Hashable, Sendable {
  /// The record.
  public let record: Identifier
  /// The change; those of its actor before it are awaited with it.
  public let change: ChangeID

  /// Names an awaited change.
  public init(record: Identifier, change: ChangeID) {
    self.record = record
    self.change = change
  }
}

/// A device holds a record.
public struct Holding: Hashable, Sendable {
  /// The device's actor.
  public let actor: ActorID
  /// The record.
  public let record: Identifier
  /// Counts the times that the record entered the device's scope, from 1.
  public let generation: UInt64
  /// The log's position that the delivered state contained.
  public let position: UInt64

  /// Describes a holding.
  public init(actor: ActorID, record: Identifier, generation: UInt64, position: UInt64) {
    self.actor = actor
    self.record = record
    self.generation = generation
    self.position = position
  }
}
