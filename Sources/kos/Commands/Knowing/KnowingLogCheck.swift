import ArgumentParser
import SyncClient

/// Holds an export against what the tenant signed.
struct KnowingLogCheck: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: Phrase(
      "Hold en borgers eksport op mod det, kommunen har underskrevet.",
      "Hold a citizen's export against what the municipality has signed."
    ).said,
    discussion: Phrase(
      """
      Hver opslag i filen skal stå i en log, som kommunen har underskrevet, og loggen må ikke modsige den, \
      som denne enhed kender. Filen må være skrevet på en anden enhed; der spørges ikke nogen server.
      """,
      """
      Each event in the file must stand in a log that the municipality has signed, and that log must not \
      contradict the one that this device knows. The file may have been written on another device; no server \
      is asked.
      """
    ).said)

  @Argument(help: Phrase("Filen fra kos export.", "The file from kos export.").help(valueName: "file"))
  var file: String
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let output = session.output
    guard let evidence = LogProofFile.read(try Descriptor.readFile(file)) else {
      throw Failure(.usage, .noExport, file.shown)
    }
    let findings = try session.replica.findings(in: evidence)
    output.object([
      ("events", .integer(Int64(evidence.count))),
      ("findings", .array(findings.map { .string($0.code) })),
    ])
    guard let first = findings.first else {
      return output.line(output.say(.exportHolds, String(evidence.count)))
    }
    for finding in findings.dropFirst() { output.notice(output.say(finding.phrase, finding.count)) }
    throw Failure(.refused, first.phrase, first.count)
  }
}

extension LogEvidence.Finding {
  /// What programs call it.
  var code: String {
    switch self {
    case .foreignCheckpoint: "bad_signature"
    case .splitView: "split_view"
    case .otherLog: "replaced"
    case .unprovenRows: "unproven"
    }
  }

  fileprivate var count: String { if case .unprovenRows(let count) = self { String(count) } else { "" } }

  fileprivate var phrase: Phrase {
    switch self {
    case .foreignCheckpoint: .exportForeign
    case .splitView: .exportSplit
    case .otherLog: .exportReplaced
    case .unprovenRows: .exportUnproven
    }
  }
}
