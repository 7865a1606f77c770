import ArgumentParser
import SyncClient

/// Locks the replica here.
struct Lock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Lås kopien her: adgangssætningen skal gives igen, og kos watch slutter.",
      "Lock the replica here: the passphrase is needed again, and kos watch ends."
    ).said)

  @Option(
    help: Phrase(
      "Lås ikke nu; sig, efter hvor mange minutter uden brug den låser (1–600).",
      "Do not lock now; say after how many minutes without use it locks (1-600)."
    ).help(valueName: "minutes"))
  var after: Int?
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.guarded { output in
      let home = try Replica.home(common.home)
      if let after {
        guard (1...600).contains(after) else { throw Failure(.usage, .badPatience) }
        try Replica.setPatience(.seconds(after * 60), home: home)
      } else {
        try Replica.lock(home: home)
      }
      let state = try Replica.lockState(home: home)
      let minutes = state.patience.components.seconds / 60
      output.object([
        ("locked", .boolean(after == nil)), ("asks", .boolean(state.asksAPerson)),
        ("lock_after_minutes", .integer(minutes)),
      ])
      output.line(output.say(after == nil ? .lockedNow : .locksAfter, String(minutes)))
      if !state.asksAPerson { output.notice(output.say(.opensByItself)) }
    }
  }
}
