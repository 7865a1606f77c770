import ArgumentParser
import SyncClient

/// A command on the replica that is enrolled here.
protocol ReplicaCommand: AsyncParsableCommand {
  /// What every command takes.
  var common: CommonOptions { get }

  /// What the command does.
  func work(_ session: Session) async throws
}

extension ReplicaCommand {
  /// Opens the replica, does the work, and says what goes wrong.
  func run() async throws {
    try await common.guarded { output in
      let secret = Passphrase(file: common.passphraseFile, output: output)
      let replica = try Replica(home: Replica.home(common.home), passphrase: { try secret.ask() })
      defer { replica.close() }
      try await work(Session(replica: replica, output: output, common: common))
    }
  }
}
