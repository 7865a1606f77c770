import ArgumentParser
import SyncClient

/// A command on the replica that is enrolled here.
protocol ReplicaCommand: AsyncParsableCommand {
  /// What every command takes.
  var common: CommonOptions { get }

  /// What it needs of the replica.
  static var need: ReplicaNeed { get }

  /// What the command does.
  func work(_ session: Session) async throws
}

extension Session {
  /// What is still unsent must not be lost with the passphrase. Once a command: for each act it would cost
  /// more than the act.
  fileprivate func sealUnsent() {
    do { try replica.sealUnsent() } catch { output.notice(output.say(.sealingFailed)) }
  }
}

extension ReplicaCommand {
  static var need: ReplicaNeed { .content }

  /// Opens the replica, does the work, and says what goes wrong.
  func run() async throws {
    try await common.guarded { output in
      let secret = Passphrase(file: common.passphraseFile, output: output)
      let replica = try Replica(home: Replica.home(common.home), passphrase: { try secret.ask() })
      defer { replica.close() }
      let session = Session(replica: replica, output: output, common: common)
      if let obstacle = try session.obstacle(to: Self.need) { throw obstacle }
      replica.noteUse()
      defer { session.sealUnsent() }
      try await work(session)
    }
  }
}
