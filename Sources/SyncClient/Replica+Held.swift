public import CRDT
public import CaseModel
import Replication
import Storage
import WireProtocol

/// Own work that more may read than was seen when it was written: it waits for this person.
public struct HeldWork: Sendable {
  /// Names it: the actor that wrote it and its number in that journal, in hexadecimal.
  public let id: String
  /// When it was written, in milliseconds since 1970 by this device's clock.
  public let writtenAt: Int64
  /// Since when it is held, in milliseconds since 1970 by the server's clock.
  public let heldSince: Int64
  /// From when on others may decide as well, in milliseconds since 1970 by the server's clock.
  public let forOthersFrom: Int64
  /// The records that it writes to, and of what kind they are where that is known.
  public let records: [(id: Identifier, kind: RecordKind?, caseID: Identifier?)]
  /// The texts that it holds.
  public let texts: [String]
  /// The releases and reclassifications of its records that are here.
  public let readers: [CaseRecord]
  /// How many others there are, which this person does not read.
  public let unknownReaders: Int
}

/// What was written here and is held.
extension Replica {
  /// Own work that is held, oldest first.
  ///
  /// - Throws: `ReplicaError`.
  public func held() throws -> [HeldWork] {
    try attempt { try store.held().map(work) }
  }

  /// Confirms own work that is held, with what it builds on: it is written anew with its author's words and
  /// time, and sent with the next exchange.
  ///
  /// - Returns: the records that it goes into; `nil` when nothing is held under this name, or its record left
  ///   this replica.
  /// - Throws: `ReplicaError`, and then nothing is written.
  public func confirmHeld(_ id: String) throws -> Set<Identifier>? {
    guard let name = QuarantineName(text: id) else { return nil }
    guard try attempt({ try store.meta().accessEnded == nil }) else { throw ReplicaError(.accessEnded) }
    return try attempt { try store.confirmHeld(name, at: now()) }
  }

  /// Takes own work back that is held. Its text stays here, and nobody is shown it.
  ///
  /// - Throws: `ReplicaError`: `offline`; `refused` with `NOT_AVAILABLE` when nothing is held under this
  ///   name.
  public nonisolated(nonsending) func withdrawHeld(
    _ id: String, passphrase: @escaping () throws -> String
  ) async throws {
    guard let name = QuarantineName(text: id), try held().contains(where: { $0.id == id }) else {
      throw ReplicaError(.refused(name: ErrorCode.notAvailable.name))
    }
    try await ask(.refusal(name, .withdrawn), passphrase) { report in
      if case .quarantineRefused = report { () } else { nil }
    }
    // The answer may come before the news of it.
    try attempt { try store.withdrawn(name) }
  }

  private func work(_ held: HeldEntry) throws -> HeldWork {
    let changes = held.work.entry.changes
    let readers = try held.audiences.compactMap { try store.record($0) }
    let since = held.work.receivedAt
    return HeldWork(
      id: held.name.text, writtenAt: held.work.writtenAt, heldSince: since,
      forOthersFrom: since.addingReportingOverflow(GoverningState.quarantinePatience).partialValue,
      records: store.records(of: changes), texts: store.texts(of: changes), readers: readers,
      unknownReaders: held.audiences.count - readers.count)
  }
}
