import ArgumentParser
import Foundation
import SyncClient

/// Shows what this device keeps of both logs.
struct KnowingLogShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase(
      "Vis, hvad denne enhed har set underskrevet af loggene, og hvad der ikke passer sammen.",
      "Show what this device has seen signed of the logs, and what does not fit together."
    ).said,
    discussion: Phrase(
      """
      Med --json følger det underskrevne med: det beviser over for enhver, hvad serveren har underskrevet.
      """,
      """
      With --json what was signed comes along: it proves to anybody what the server has signed.
      """
    ).said)

  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let output = session.output
    for log in try session.replica.logs() {
      output.object([
        ("log", .string(log.name.rawValue)), ("checkpoint", json(log.newest)),
        ("finding", log.finding.map { .object(session.members($0)) } ?? .null),
        ("shown", json(log.shown)), ("evidence", .array(log.evidence.map { .object(members($0, session)) })),
        ("settled", .array(log.settled.map { .object(members($0)) })),
      ])
      let name = output.say(log.name == .delivered ? .logOfDelivered : .logOfOpened)
      if let newest = log.newest {
        output.line(output.say(.logStands, name, String(newest.size), Clock.text(newest.signedAt)))
      } else {
        output.line(output.say(.logUnknown, name))
      }
      for one in log.settled {
        output.line("  " + output.say(.logSettled, session.what(one.code), Clock.text(one.settledAt)))
      }
      for one in log.evidence { output.notice(session.line(one.finding)) }
    }
  }

  private func members(_ evidence: LogSummary.Evidence, _ session: Session) -> [(String, JSON)] {
    session.members(evidence.finding) + [("known", json(evidence.known)), ("shown", json(evidence.shown))]
  }

  private func members(_ settled: LogSummary.Settled) -> [(String, JSON)] {
    [
      ("finding", .string(settled.code)), ("settled_at", .integer(settled.settledAt)),
      ("known", json(settled.known)), ("shown", json(settled.shown)),
    ]
  }

  private func json(_ checkpoint: LogSummary.Checkpoint?) -> JSON {
    guard let checkpoint else { return .null }
    return .object([
      ("size", .integer(Int64(clamping: checkpoint.size))), ("signed_at", .integer(checkpoint.signedAt)),
      ("body", .string(Data(checkpoint.body).base64EncodedString())),
      ("signature", .string(Data(checkpoint.signature).base64EncodedString())),
    ])
  }
}
