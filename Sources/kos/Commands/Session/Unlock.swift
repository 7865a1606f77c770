import ArgumentParser
import SyncClient

/// Opens the replica here, with the passphrase or the recovery code.
struct Unlock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Lås kopien her op, eller giv den en ny adgangssætning med gendannelseskoden.",
      "Unlock the replica here, or give it a new passphrase with the recovery code."
    ).said)

  @Flag(
    help: Phrase(
      "Adgangssætningen er glemt: spørg om gendannelseskoden, og om en ny adgangssætning.",
      "The passphrase is forgotten: ask for the recovery code, and for a new passphrase."
    ).help())
  var recover = false
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.guarded { output in
      let home = try Replica.home(common.home)
      let secret = Passphrase(file: common.passphraseFile, output: output)
      if recover {
        guard let code = try Prompt.line(output.say(.recoveryPrompt)), !code.isEmpty else {
          throw Failure(.usage, .noCode)
        }
        try Replica.recover(
          home: home, recoveryCode: code, protection: common.passphraseFile.map { .passphraseFile($0) },
          passphrase: { try secret.askForNew() })
      } else {
        let replica = try Replica(home: home, passphrase: { try secret.ask() })
        replica.noteUse()
        replica.close()
      }
      let state = try Replica.lockState(home: home)
      output.object([
        ("unlocked", true), ("recovered", .boolean(recover)), ("asks", .boolean(state.asksAPerson)),
        ("lock_after_minutes", .integer(state.patience.components.seconds / 60)),
      ])
      output.line(output.say(recover ? .recovered : .unlocked))
    }
  }
}
