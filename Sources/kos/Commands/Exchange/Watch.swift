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
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let watching = Task { try await watch() }
    let ending = Task { [seconds] in
      guard let seconds, seconds < 1e9 else { return }
      try await Task.sleep(for: .seconds(seconds))
      watching.cancel()
    }
    defer { ending.cancel() }
    try await watching.value
  }

  private func watch() async throws {
    try await common.guarded { output in
      let secret = Passphrase(file: common.passphraseFile, output: output)
      let replica = try Replica(home: Replica.home(common.home), passphrase: { try secret.ask() })
      defer { replica.close() }
      let session = Session(replica: replica, output: output, common: common)
      // What is held is not shown, and before anything arrives the lease is another.
      if let obstacle = try session.obstacle(to: .writing) { throw obstacle }
      var remaining = untilEvents ?? .max
      do {
        try await replica.watch(passphrase: session.passphrase) { event in
          remaining -= try session.tell(event, atMost: remaining)
          if remaining <= 0 { throw CancellationError() }
        }
      } catch is CancellationError {
      } catch let error as ReplicaError where error.code == .accessEnded {
        throw try replica.accessEnd().map(Session.failure) ?? Failure(error)
      }
    }
  }
}
