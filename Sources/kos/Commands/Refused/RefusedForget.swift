import ArgumentParser
import SyncClient

/// Lets go of own work that was refused.
struct RefusedForget: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: Phrase(
      "Giv slip på noget, der blev afvist: det vises, og siden fortælles der ikke mere om det.",
      "Let go of something that was refused: it is shown, and you are not told of it any more."
    ).said)

  @OptionGroup var which: RefusedOptions
  @Flag(help: Phrase("Spørg ikke.", "Do not ask.").help())
  var yes = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    let works = try session.refusedWork(named: which.work)
    guard let work = works.first, works.count == 1 else {
      throw Failure(.usage, .severalRefused, which.work)
    }
    output.line(session.line(work))
    output.line(output.say(.refusedIsOnlyHere))
    if !yes { try confirm(output) }
    guard try session.replica.forget(work) else { throw Failure(.usage, .noSuchRecord, which.work) }
    output.object([("outcome", "forgotten")] + session.members(work))
    output.line(output.say(.refusedForgotten))
  }

  private func confirm(_ output: Output) throws {
    guard !output.json, let answer = try Prompt.line(output.say(.forgetQuestion)) else {
      throw Failure(.usage, .forgetNeedsYes)
    }
    let word = answer.split(whereSeparator: \.isWhitespace).joined().lowercased()
    guard ["ja", "j", "yes", "y"].contains(word) else { throw Failure(.usage, .keptRefused) }
  }
}
