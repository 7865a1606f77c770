import ArgumentParser
import SyncClient

/// Takes in the file that the server's machine made for this device.
struct BundleTake: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "take",
    abstract: Phrase(
      "Tag serverens svar ind: afgørelser og det, som er nyt for dig.",
      "Take in the server's reply: verdicts, and what is new for you."
    ).said)

  @Argument(
    help: Phrase("Filen fra serverens maskine.", "The file from the server's machine.").help(
      valueName: "file"))
  var file: String
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let output = session.output
    let received = try await session.bundling(file) {
      try await session.replica.takeBundle(from: file, passphrase: session.passphrase) { done, size in
        let percent = String(done * 100 / max(size, 1))
        output.progress(output.say(.takingBundle, percent, Session.size(UInt64(size))))
      }
    }
    output.endProgress()
    let unsent = try session.replica.unsent()
    let summary = try session.replica.status(conflicts: session.conflictCount())
    output.object([
      ("outcome", .string(received.outcome.rawValue)), ("accepted", .integer(Int64(received.accepted))),
      ("refused", .integer(Int64(received.refused))), ("records", .integer(Int64(received.records))),
      ("unsent", .integer(Int64(unsent.entries))), ("unsent_since", JSON(unsent.since)),
      ("confirmation", summary.confirmation.map { .string($0) } ?? .null),
    ])
    let (accepted, refused) = (String(received.accepted), String(received.refused))
    switch received.outcome {
    case .taken: output.line(output.say(.bundleTaken, accepted, refused, String(received.records)))
    case .takenBefore: output.line(output.say(.bundleTakenBefore))
    case .older: output.line(output.say(.bundleOlder, accepted, refused))
    }
    if let since = unsent.since {
      output.line(output.say(.bundleStillUnsent, String(unsent.entries), Clock.text(since)))
    } else {
      output.line(output.say(.bundleAllSent))
    }
    if let told = session.confirmation(summary) { output.line(told) }
    if summary.conflicts > 0 || !summary.refused.isEmpty {
      output.notice(output.say(.needsAttention, String(summary.conflicts), String(summary.refused.count)))
    }
  }
}

extension Session {
  /// Does something with a bundle; what is wrong with its file is told with its name.
  func bundling<Result>(_ file: String, _ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as ReplicaError {
      output.endProgress()
      if case .bundle(let problem) = error.code { throw Failure(problem, file: file) }
      throw error
    }
  }
}
