import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Stays connected and tells of every record that arrives.
struct Watch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Hold forbindelsen, og vis hver post, der kommer.",
      "Stay connected and print every record that arrives."
    ).said)

  @Option(
    name: .customLong("for"),
    help: Phrase("Slut efter denne tid.", "End after this time.").help(valueName: "seconds"))
  var seconds: Double?
  @Option(help: Phrase("Slut efter så mange poster.", "End after this many records.").help(valueName: "n"))
  var untilEvents: Int?
  @Option(
    help: Phrase(
      "Kør denne kommando, når noget kommer; den får kun antal og arter at vide (KOS_COUNT, KOS_KINDS).",
      "Run this command when something arrives; it is told counts and kinds alone (KOS_COUNT, KOS_KINDS)."
    ).help(valueName: "command"))
  var exec: String?
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (locks, lockContinuation) = AsyncStream.makeStream(of: Void.self)
    let watching = Task { try await watch { lockContinuation.yield() } }
    let closing = Task {
      for await _ in locks { watching.cancel() }
    }
    let ending = Task { [seconds] in
      guard let seconds, seconds < 1e9 else { return }
      try await Task.sleep(for: .seconds(seconds))
      watching.cancel()
    }
    defer {
      ending.cancel()
      closing.cancel()
    }
    try await watching.value
  }

  private func watch(onLock: @escaping @Sendable () -> Void) async throws {
    try await common.guarded { output in
      let secret = Passphrase(file: common.passphraseFile, output: output)
      let replica = try Replica(home: Replica.home(common.home), passphrase: { try secret.ask() })
      defer { replica.close() }
      let session = Session(replica: replica, output: output, common: common)
      // What is held is not shown, and before anything arrives the lease is another.
      if let obstacle = try session.obstacle(to: .writing) { throw obstacle }
      let lock = try replica.lockWatch()
      let locking = Task {
        while !lock.isOver { try await Task.sleep(for: .seconds(1)) }
        onLock()
      }
      defer { locking.cancel() }
      var remaining = untilEvents ?? .max
      do {
        try await replica.watch(passphrase: session.passphrase) { event in
          // Nothing is shown any more, whoever still sits there.
          if lock.isOver { throw CancellationError() }
          remaining -= try session.tell(event, atMost: remaining)
          try start(event, session)
          if remaining <= 0 { throw CancellationError() }
        }
      } catch is CancellationError {
        // The task was ended, or enough was told.
      } catch let error as ReplicaError where error.code == .accessEnded {
        throw try replica.accessEnd().map(Session.failure) ?? Failure(error)
      }
      if lock.isOver { throw Failure(.locked, .lockedMeanwhile) }
    }
  }

  /// Runs the user's command when something arrived.
  private func start(_ event: WatchEvent, _ session: Session) throws {
    guard let exec, case .changed(let ids, let entered) = event, !ids.isEmpty else { return }
    let arrived = Set(ids)
    let records = try session.replica.records().filter { arrived.contains($0.id) }
    if !ArrivalCommand(text: exec).start(records, entered: entered.count) {
      session.output.notice(session.output.say(.execFailed))
    }
  }
}
