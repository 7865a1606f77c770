import ArgumentParser
import SyncClient

/// Hands over what is sealed here, without the passphrase.
struct Rescue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Aflevér usendt arbejde fra denne mappe uden adgangssætningen.",
      "Hand over the unsent work in this directory without the passphrase."
    ).said)

  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.guarded { output in
      let report = try await Replica.rescue(home: Replica.home(common.home)) { done, all in
        output.progress(output.say(.rescuing, String(done), String(all)))
      }
      output.endProgress()
      output.object([
        ("items", .integer(Int64(report.items))), ("unsent", .integer(Int64(report.unsent))),
        ("unsealed", .integer(Int64(report.unsealed))), ("accepted", .integer(Int64(report.accepted))),
        ("waiting", .integer(Int64(report.waiting))), ("refused", .integer(Int64(report.refused))),
        ("known", .integer(Int64(report.known))), ("useless", .integer(Int64(report.useless))),
        ("files", .integer(Int64(report.files))), ("files_complete", .integer(Int64(report.filesComplete))),
        ("files_unsealed", .integer(Int64(report.filesUnsealed))),
        ("bytes", .integer(Int64(clamping: report.bytes))),
        ("codes", .array(report.codes.map { .string($0) })),
      ])
      if report.items == 0 {
        output.line(output.say(.nothingToRescue))
      } else {
        output.line(
          output.say(
            .rescued, String(report.accepted), String(report.known), String(report.waiting),
            String(report.refused)))
        if report.files > 0 {
          output.line(
            output.say(
              .rescuedFiles, String(report.filesComplete), String(report.files),
              Session.size(report.bytes)))
        }
      }
      if report.filesUnsealed > 0 {
        output.notice(output.say(.filesNotSealed, String(report.filesUnsealed)))
      }
      if report.refused + report.useless > 0 {
        if report.unsealed > 0 { output.notice(output.say(.notSealed, String(report.unsealed))) }
        throw Failure(
          .refused, .rescueRefused, String(report.refused), String(report.useless),
          report.codes.joined(separator: ", "))
      }
      if report.unsealed > 0 { throw Failure(.needsPerson, .notSealed, String(report.unsealed)) }
      if report.filesComplete < report.files {
        throw Failure(
          .refused, .filesNotTaken, String(report.files - report.filesComplete),
          report.codes.joined(separator: ", "))
      }
      if report.filesUnsealed > 0 {
        throw Failure(.needsPerson, .filesNotSealed, String(report.filesUnsealed))
      }
    }
  }
}
