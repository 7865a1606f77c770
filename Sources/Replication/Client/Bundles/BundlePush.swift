import WireProtocol

/// What a device writes into a push bundle: what it would say in a session, as far as nothing of it waits for
/// an answer.
///
///     opening ──▶ push* ──▶ opened* ──▶ checkpoints ──▶ follow
///
/// It changes nothing in the replica: entries go into every push bundle, and into every session, until they
/// have a verdict; rows of what was opened until the server said that it has them.
public struct BundlePush: Sendable {
  private let identity: ClientIdentity
  private var writtenUpTo: UInt64 = 0
  /// How many entries were written so far.
  public private(set) var entries = 0
  /// How many changes they hold.
  public private(set) var changes = 0
  /// How many rows of what was opened were written so far.
  public private(set) var openings = 0

  /// A bundle of which nothing is written yet.
  ///
  /// - Throws: `ProtocolError` `FORKED` when the device goes on under another actor, which takes a session.
  public init(identity: ClientIdentity) throws {
    guard identity.successor == nil, !identity.isHealing else { throw ProtocolError(.forked) }
    self.identity = identity
  }

  /// The first message.
  ///
  /// - Parameters:
  ///   - header: as it stands in the file.
  ///   - nonce: 32 bytes from a cryptographic generator.
  ///   - now: milliseconds since 1970 by this device's clock.
  public func opening(
    header: [UInt8], nonce: [UInt8], at now: Int64, replica: some ReplicaSource
  ) throws -> [UInt8] {
    let hello: [UInt8] = try identity.hello(nonce: nonce, at: now, replica: replica).serializedBytes()
    let opening = identity.signingKey.opening(header: header, hello: hello)
    return try WireClientMessage.with { $0.bundle = opening }.serializedBytes()
  }

  /// The next push of what has no verdict; `nil` when nothing is left.
  public mutating func nextPush(_ replica: some ReplicaSource) throws -> [UInt8]? {
    let batch = try replica.pendingEntries(after: writtenUpTo, limit: 256).prefix(
      fitting: Limits.batchBytes)
    guard let last = batch.last else { return nil }
    writtenUpTo = last.entry.number
    entries += batch.count
    changes += batch.reduce(0) { $0 + $1.digests.count }
    let push = identity.push(batch, after: last.journal)
    return try WireClientMessage.with { $0.push = push.message }.serializedBytes()
  }

  /// What was shown on the device and the server does not have; `nil` when nothing is left.
  ///
  /// - Parameter waiting: what waits behind what was written, the oldest first.
  public mutating func nextOpened(_ waiting: [Opening]) throws -> [UInt8]? {
    let rows = waiting.prefix(Limits.openedRows)
    guard !rows.isEmpty else { return nil }
    openings += rows.count
    return try WireClientMessage.with { $0.opened = .with { $0.rows = rows.map(\.message) } }
      .serializedBytes()
  }

  /// How the device knows the logs of knowing: from there the reply proves that they go on.
  public func checkpoints(_ watch: LogWatch) throws -> [UInt8] {
    try WireClientMessage.with { $0.checkpoints = watch.request }.serializedBytes()
  }

  /// The last message: where delivery goes on.
  public func follow() throws -> [UInt8] {
    try WireClientMessage.with { $0.follow = .with { $0.cursor = .init(identity.cursor) } }.serializedBytes()
  }
}
