import ArgumentParser
import SyncClient

/// Holds an export, or what another device knows of the logs, against what the tenant signed.
struct KnowingLogCheck: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: Phrase(
      "Hold en borgers eksport, eller en anden enheds log, op mod det, kommunen har underskrevet.",
      "Hold a citizen's export, or another device's log, against what the municipality signed."
    ).said,
    discussion: Phrase(
      """
      Filen er fra kos export eller fra kos knowing-log show --json på en anden enhed. Hvert opslag i den \
      skal stå i en log, som kommunen har underskrevet, og loggen skal være den, som denne enhed kender: \
      serveren bliver bedt om beviset for det, der ligger imellem. En server, der viser to enheder hver sin \
      historie, bliver fundet sådan; begge underskrifter bliver gemt som bevis. Uden forbindelse, eller når \
      serveren afviser at svare: kode 9, når beviset mangler.
      """,
      """
      The file is from kos export, or from kos knowing-log show --json on another device. Each event in it \
      must stand in a log that the municipality has signed, and that log must be the one that this device \
      knows: the server is asked for the proof of what lies between. A server that shows two devices a \
      history each is found that way; both signatures are kept as evidence. Without a connection, or where \
      the server refuses to answer: code 9, where the proof is missing.
      """
    ).said)

  @Argument(
    help: Phrase(
      "Filen fra kos export eller kos knowing-log show --json.",
      "The file from kos export or kos knowing-log show --json."
    ).help(valueName: "file"))
  var file: String
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let output = session.output
    let bytes = try Descriptor.readFile(file)
    guard let evidence = LogProofFile.read(bytes) ?? DeviceLogFile.read(bytes) else {
      throw Failure(.usage, .noExport, file.shown)
    }
    guard !evidence.isEmpty else { throw Failure(.usage, .exportEmpty, file.shown) }
    let check = try await session.replica.check(evidence, passphrase: session.passphrase)
    output.object([
      ("events", .integer(Int64(evidence.count))),
      ("findings", .array(check.findings.map { .string($0.code) })),
      ("held", .integer(Int64(check.held))), ("unproven", .integer(Int64(check.unproven))),
      ("offline", check.offline.map { .string($0) } ?? .null),
    ])
    let reason = check.offline.map { output.label($0) } ?? "–"
    if let first = check.findings.first {
      for finding in check.findings.dropFirst() { output.notice(output.say(finding.phrase, finding.count)) }
      if check.isKept { output.notice(output.say(.bothKept)) }
      if check.unproven > 0 { output.notice(output.say(.restNotCompared, String(check.unproven), reason)) }
      throw Failure(.refused, first.phrase, first.count)
    }
    if evidence.count > 0 { output.line(output.say(.exportHolds, String(evidence.count))) }
    if check.unproven > 0 { throw Failure(.unproven, .logsNotCompared, reason) }
    output.line(output.say(.logsAgree, String(check.held)))
  }
}

extension LogEvidence.Finding {
  /// What programs call it.
  var code: String {
    switch self {
    case .foreignCheckpoint: "bad_signature"
    case .splitView: "split_view"
    case .twoHistories: "two_histories"
    case .otherLog: "replaced"
    case .unprovenRows: "unproven"
    }
  }

  fileprivate var count: String { if case .unprovenRows(let count) = self { String(count) } else { "" } }

  fileprivate var phrase: Phrase {
    switch self {
    case .foreignCheckpoint: .exportForeign
    case .splitView: .exportSplit
    case .twoHistories: .exportTwoHistories
    case .otherLog: .exportReplaced
    case .unprovenRows: .exportUnproven
    }
  }
}
