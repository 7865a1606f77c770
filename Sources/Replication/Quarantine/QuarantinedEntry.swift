public import CRDT
public import CaseModel
public import WireProtocol

/// An entry that was allowed as far as its author could know, and is not allowed now: it has no effect, and a
/// person decides (decision 0042). Or one that is held: its author decides herself, for 30 days alone
/// (decision 0052).
public struct QuarantinedEntry: Hashable, Sendable {
  /// Names it.
  public let name: QuarantineName
  /// The account of its author.
  public let account: Identifier
  /// Since when it waits: milliseconds since 1970 by the server's clock.
  public let receivedAt: Int64
  /// Why it was not accepted.
  public let code: ErrorCode
  /// The records that it would enter, those that it would create as well.
  public let references: [RecordReference]
  /// The digests by which its changes are brought in, in order: of one that stands for another, since its
  /// device forked, the original's.
  public let digests: [Digest]
  /// Those of the changes themselves, as the log has them.
  public let logged: [Digest]
  /// How many bytes its changes have.
  public let byteCount: Int

  /// Describes an entry.
  public init(
    name: QuarantineName, account: Identifier, receivedAt: Int64, code: ErrorCode,
    references: [RecordReference], digests: [Digest], logged: [Digest], byteCount: Int
  ) {
    self.name = name
    self.account = account
    self.receivedAt = receivedAt
    self.code = code
    self.references = references
    self.digests = digests
    self.logged = logged
    self.byteCount = byteCount
  }

  /// Describes an entry by its changes.
  ///
  /// - Parameter reference: what policy knows of a record that is there.
  public init(
    name: QuarantineName, account: Identifier, person: Identifier, receivedAt: Int64, code: ErrorCode,
    changes: [OfferedChange], reference: (Identifier) throws -> RecordReference?
  ) rethrows {
    var references: [RecordReference] = []
    for offered in changes {
      let header = offered.change.header
      guard !references.contains(where: { $0.id == header.record }) else { continue }
      let created = header.creates?.reference(creating: header.record, by: person)
      let known = try created ?? reference(header.record)
      if let known { references.append(known) }
    }
    self.init(
      name: name, account: account, receivedAt: receivedAt, code: code, references: references,
      digests: changes.map { $0.change.header.originDigest ?? $0.digest },
      logged: changes.map(\.digest),
      byteCount: changes.reduce(0) { $0 + $1.byteCountMax })
  }

  /// The digests under which it is found.
  var indexed: Set<Digest> { Set(digests + logged) }

  /// Whether its author is asked first: her record can be read by more than she had seen.
  public var isHeld: Bool { code == .widened }

  /// Since when it waits for those who decide on what others wrote: what is held is its author's alone for
  /// 30 days.
  var forDecisionFrom: Int64 {
    isHeld ? receivedAt.addingReportingOverflow(GoverningState.quarantinePatience).partialValue : receivedAt
  }

  /// Whether others than its author may decide.
  func isForDecision(at instant: Int64) -> Bool { !isHeld || instant >= forDecisionFrom }
}
