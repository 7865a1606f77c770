public import CRDT
public import WireProtocol

/// All changes of a record, as the server has them: who, when, from which device, and what stood there
/// before.
public struct RecordHistory: Sendable, Hashable {
  /// A device as the server knows it.
  public struct Device: Sendable, Hashable {
    /// Whose it is.
    public let account: Identifier
    /// What its person called it.
    public let name: String

    /// Names a device.
    public init(account: Identifier, name: String) {
      self.account = account
      self.name = name
    }
  }

  /// What one change did to one field.
  public struct Edit: Sendable, Hashable {
    /// The field, as the kind that the change took it to be.
    public let field: RecordState.Key
    /// What was shown before, the first in front; and what was shown after.
    public let before: [Value]
    /// See `before`.
    public let after: [Value]
  }

  /// One change.
  public struct Line: Sendable, Hashable {
    /// Which change it is.
    public let header: ChangeHeader
    /// Who wrote what it says, and when: of a change that stands for another, that one.
    public let written: ChangeHeader
    /// When the server received it, in milliseconds since 1970 by its clock.
    public let receivedAt: Int64
    /// Whether it has effect.
    public let isAccepted: Bool
    /// Whether it made the record.
    public let isCreation: Bool
    /// What it did, in order of field.
    public let edits: [Edit]
  }

  /// The record.
  public let record: Identifier
  /// The changes in the server's order.
  public let changes: [DeliveredChange]
  /// The devices of the actors.
  public let devices: [ActorID: Device]
  /// The tenants from which the record came here, one after the other: with these the chains start of
  /// whoever wrote there.
  public let tenants: Set<Identifier>

  /// Collects a history.
  public init(
    record: Identifier, changes: [DeliveredChange], devices: [ActorID: Device],
    tenants: Set<Identifier> = []
  ) {
    self.record = record
    self.changes = changes
    self.devices = devices
    self.tenants = tenants
  }

  /// Whether the changes are, without a gap, those that a state of the record came from: each actor's chain
  /// goes through the head that the state has of it.
  ///
  /// The chains of whoever wrote before the record came here start with the tenant where that was. Which
  /// these are the server says: that it says so makes no other changes fit the heads.
  ///
  /// - Parameter snapshot: the state as it was delivered before; the history may go on after it.
  public func explains(_ snapshot: RecordSnapshot, tenant: Identifier) -> Bool {
    let homes = tenants.union([tenant, snapshot.facts?.tenant].compactMap(\.self))
    let chained = homes.map(digests)
    guard chained.allSatisfy({ $0 != nil }) else { return false }
    return snapshot.heads.values.allSatisfy { head in chained.contains { $0?[head.id] == head.digest } }
  }

  /// The digest of each change where every chain starts with a tenant; `nil` where one has a gap.
  private func digests(in tenant: Identifier) -> [ChangeID: Digest]? {
    var digests: [ChangeID: Digest] = [:]
    var last: [ActorID: (number: UInt64, digest: Digest)] = [:]
    for change in changes {
      let id = change.header.id
      let before =
        last[id.actor] ?? (0, Chain.start(tenant: tenant, record: record, actor: id.actor))
      guard id.number == before.number + 1, let digest = change.digest(after: before.digest) else {
        return nil
      }
      last[id.actor] = (id.number, digest)
      digests[id] = digest
    }
    return digests
  }

  /// The changes with what each did.
  ///
  /// - Throws: `ProtocolError` when one does not decode.
  /// - Complexity: O(changes × values of the fields that each touches)
  public func lines() throws -> [Line] {
    var state = RecordState()
    return try changes.map { delivered in
      let header = delivered.header
      let written = delivered.origin?.header ?? header
      guard let payload = delivered.payload, state.isNext(header.id) else {
        if state.isNext(header.id) { state.applyVoid(header.id) }
        return Line(
          header: header, written: written, receivedAt: delivered.receivedAt, isAccepted: false,
          isCreation: false, edits: [])
      }
      let change = try EncodedChange(header: header, payload: payload, origin: delivered.origin)
        .decoded(receivedAt: delivered.receivedAt, seal: delivered.seal)
      let fields = Set(change.operations.map { RecordState.Key(field: $0.field, kind: $0.kind) }).sorted()
      let before = fields.map { Self.values(of: $0, in: state) }
      state.apply(change)
      let edits = zip(fields, before).map { field, before in
        Edit(field: field, before: before, after: Self.values(of: field, in: state))
      }
      return Line(
        header: header, written: written, receivedAt: delivered.receivedAt, isAccepted: true,
        isCreation: header.creates != nil, edits: edits)
    }
  }

  private static func values(of key: RecordState.Key, in state: RecordState) -> [Value] {
    switch key.kind {
    case .register: state.values(key.field).map { $0.value }
    case .set: state.elements(key.field)
    case .text: state.text(key.field).count > 0 ? [.text(state.text(key.field).string)] : []
    case .rank: state.operations(key.field, .rank).map { $0.value }
    case .arbitrated: state.decided(key.field).map { [$0.value] } ?? []
    default: []
    }
  }
}

extension DeliveredChange {
  /// Its digest in its actor's chain; `nil` when it is neither whole nor void.
  func digest(after previous: Digest) -> Digest? {
    payload.map { EncodedChange(header: header, payload: $0).digest(after: previous) } ?? voidDigest
  }
}
