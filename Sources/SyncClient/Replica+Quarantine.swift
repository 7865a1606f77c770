import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// What waits for this person's decision.
extension Replica {
  /// Asks the server for what waits for this person, oldest name first.
  ///
  /// - Throws: `ReplicaError`: `offline`, `refused`.
  public nonisolated(nonsending) func quarantine(
    passphrase: @escaping () throws -> String
  ) async throws -> [QuarantinedWork] {
    try await waiting(passphrase).map(work)
  }

  /// Brings in what waits: it is written here in this person's name, with its author's as the origin, and
  /// sent with the next exchange.
  ///
  /// - Returns: what was brought in; `nil` when nothing waits under this name, or not for this person.
  public nonisolated(nonsending) func acceptQuarantined(
    _ id: String, passphrase: @escaping () throws -> String
  ) async throws -> QuarantinedWork? {
    guard let entry = try await waiting(passphrase).first(where: { $0.name.text == id }) else { return nil }
    guard try attempt({ try store.accept(entry, at: now()) }) else { return nil }
    return work(entry)
  }

  /// The words by which `refuseQuarantined` is told why.
  public static let quarantineReasons = QuarantineReason.allCases.filter { $0 != .erased && $0 != .withdrawn }
    .map(\.name)

  /// Refuses what waits. Its author is told, with the reason.
  ///
  /// - Parameter reason: one of `quarantineReasons`; another is `other`.
  /// - Throws: `ReplicaError` `refused` with `NOT_AVAILABLE` when nothing waits under this name, or not for
  ///   this person.
  public nonisolated(nonsending) func refuseQuarantined(
    _ id: String, because reason: String, passphrase: @escaping () throws -> String
  ) async throws {
    let reason = QuarantineReason.allCases.first { $0.name == reason } ?? .other
    guard let name = QuarantineName(text: id) else {
      throw ReplicaError(.refused(name: ErrorCode.notAvailable.name))
    }
    try await ask(.refusal(name, reason), passphrase) { report in
      if case .quarantineRefused = report { () } else { nil }
    }
  }

  private nonisolated(nonsending) func waiting(
    _ passphrase: @escaping () throws -> String
  ) async throws -> [ReceivedQuarantine] {
    try await ask(.quarantine, passphrase) { report in
      if case .quarantine(let entries) = report { entries } else { nil }
    }
  }

  /// Opens a session for one question.
  nonisolated(nonsending) func ask<Answer>(
    _ wish: Session.Wish, _ passphrase: @escaping () throws -> String,
    _ answer: (SessionReport) -> Answer?
  ) async throws -> Answer {
    let keys = try keys(passphrase)
    let lock = try attempt { try SessionLock(home: home) }
    defer { lock?.release() }
    var result: Result<Answer, ReplicaError> = .failure(ReplicaError(.offline("timed_out")))
    try await exchange(keys, timeout: .seconds(15), wish: wish) { report in
      if let found = answer(report) {
        result = .success(found)
        return false
      }
      switch report {
      case .refused(let code), .failed(let code): result = .failure(ReplicaError(.refused(name: code.name)))
      case .ended(let reason): result = .failure(ReplicaError(.offline(reason)))
      case .healing: result = .failure(ReplicaError(.refused(name: ErrorCode.retry.name)))
      default: return true
      }
      return false
    }
    return try result.get()
  }

  private func work(_ entry: ReceivedQuarantine) -> QuarantinedWork {
    let changes = entry.changes.map(\.change)
    return QuarantinedWork(
      id: entry.name.text, author: entry.authorName, device: entry.deviceName,
      receivedAt: entry.receivedAt, writtenAt: changes.first?.header.writtenAt ?? 0,
      code: entry.code.name, records: store.records(of: changes), texts: store.texts(of: changes))
  }
}

extension QuarantineName {
  /// As the command line names it.
  var text: String { "\(String(actor.rawValue, radix: 16))-\(String(entry, radix: 16))" }

  init?(text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let actor = UInt64(parts[0], radix: 16), let entry = UInt64(parts[1], radix: 16)
    else { return nil }
    self.init(actor: ActorID(rawValue: actor), entry: entry)
  }
}
