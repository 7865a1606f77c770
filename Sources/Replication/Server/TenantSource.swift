public import CRDT
public import CaseModel
public import WireProtocol

/// What the server's machines read while they judge and deliver. A store answers; in the simulator a
/// dictionary.
public protocol TenantSource: AttachmentSource, LogSource {
  /// A record as it stands in the log; `nil` when nothing is stored of it.
  func record(_ id: Identifier) throws -> RecordSnapshot?
  /// The digest of a stored change, void ones included, or of one that was refused since its record was
  /// erased; `nil` when there is none.
  func digest(of change: ChangeID, in record: Identifier) throws -> Digest?
  /// The verdict on an earlier entry; `nil` when there is none.
  func verdict(on entry: UInt64, of actor: ActorID) throws -> JudgedEntry?
  /// The records in the scopes that moved after the position or that the device does not hold, newest first.
  ///
  /// - Parameter all: also those not held whose last change is older: needed when what the person may read
  ///   has changed since.
  func outstanding(for actor: ActorID, in scopes: [Scope], after position: UInt64, all: Bool) throws
    -> [OutstandingRecord]
  /// Every record in the scopes, each once, but for those that were erased.
  ///
  /// - Complexity: O(records in the scopes)
  func records(in scopes: [Scope]) throws -> [LoggedRecord]
  /// The changes of a record after a position, in the log's order.
  func changes(of record: Identifier, after position: UInt64) throws -> [DeliveredChange]
  /// The log's digest at a position up to its last; `nil` when that is not known.
  func logDigest(at position: UInt64) throws -> Digest?
  /// When the change at a position was received, in milliseconds since 1970; `nil` when there is none.
  func receivedAt(_ position: UInt64) throws -> Int64?
  /// What of a record is awaited: the highest number of each actor.
  func awaited(in record: Identifier) throws -> VersionVector
  /// What policy needs to know of a record; `nil` when nothing that counts created it.
  func reference(_ id: Identifier) throws -> RecordReference?
  /// What a device holds or may hold, and was not told to wipe.
  ///
  /// - Parameter cases: records of these cases, or under these aliases, only; `nil` for all.
  /// - Complexity: O(what it holds, of these cases)
  func held(by actor: ActorID, in cases: Set<Identifier>?) throws -> [HeldReference]
  /// What a device was told to wipe, and has given no receipt for.
  func exits(of actor: ActorID) throws -> [HeldRecord]
  /// Up to when a device was asked for what may not be read any more by the time alone, in milliseconds
  /// since 1970; `nil` when it never was.
  func reviewedUpTo(_ actor: ActorID) throws -> Int64?
  /// The changes of an entry that waits for a person, as they were pushed; `nil` when none does.
  func quarantinedChanges(_ name: QuarantineName) throws -> [OfferedChange]?
  /// What was decided on an entry; `nil` when it waits, or never did.
  func quarantineDecision(_ name: QuarantineName) throws -> QuarantineDecision?
  /// What a device surely knew when it last opened a session; `nil` when it never did.
  func contact(of actor: ActorID) throws -> DeviceContact?
  /// Whether the log has a change from its ledger alone: a commit was cut off behind that, and the change's
  /// device was told nothing.
  func isUntold(_ digest: Digest) -> Bool
  /// Whether a record was erased: its content is nowhere, and what is known of it is what policy needs.
  func isErased(_ record: Identifier) -> Bool
  /// A record's encoded snapshot, as an enter delivers it; `nil` when nothing is stored of it.
  func enterContent(_ id: Identifier) throws -> [UInt8]?
}

extension TenantSource {
  /// Nothing is, where there is no ledger.
  public func isUntold(_ digest: Digest) -> Bool { false }

  /// Nothing is, where there are no keys.
  public func isErased(_ record: Identifier) -> Bool { false }

  /// Encodes the record; a store that keeps encodings answers without.
  public func enterContent(_ id: Identifier) throws -> [UInt8]? { try record(id)?.encoded }
}

/// A record that a device is to be sent.
public struct OutstandingRecord: Hashable, Sendable {
  /// What policy needs to know of it; `creator` is the person.
  public let reference: RecordReference
  /// The position up to which the device has it; `nil` when it does not hold it.
  public let heldUpTo: UInt64?
  /// The generation that an enter would have.
  public let nextGeneration: UInt64
  /// Whether the log of what was delivered says already that it enters.
  let isNoted: Bool
  /// How many of the changes after `heldUpTo` were sent already: all of them did not fit into one delivery.
  private(set) var changesSent = 0

  /// Describes an outstanding record.
  public init(
    reference: RecordReference, heldUpTo: UInt64?, nextGeneration: UInt64, isNoted: Bool = false
  ) {
    self.isNoted = isNoted
    self.reference = reference
    self.heldUpTo = heldUpTo
    self.nextGeneration = nextGeneration
  }

  /// The same record after so many of its changes were sent.
  func sending(after changesSent: Int) -> OutstandingRecord {
    var rest = self
    rest.changesSent = changesSent
    return rest
  }
}
