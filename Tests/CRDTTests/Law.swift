import Foundation
import Testing

/// Checks a law on many seeds. `KOS_LAW_SEEDS` says on how many, 500 unless it does; `KOS_LAW_FIRST_SEED`
/// where to begin.
enum Law {
  /// A law that does not hold.
  struct Broken: Error {
    let what: String
  }

  static let seeds: Range<UInt64> = {
    let environment = ProcessInfo.processInfo.environment
    let first = environment["KOS_LAW_FIRST_SEED"].flatMap(UInt64.init) ?? 0
    return first..<(first + (environment["KOS_LAW_SEEDS"].flatMap(UInt64.init) ?? 500))
  }()

  /// Runs the body once a seed and reports the first seed on which it throws. Of a law that takes long the
  /// given share of the seeds is enough.
  static func holds(
    onOneSeedOf share: Int = 1, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (inout SplitMix64) throws -> Void
  ) {
    for seed in seeds.prefix(max(1, seeds.count / share)) {
      var random = SplitMix64(seed: seed)
      do {
        try body(&random)
      } catch {
        let what = (error as? Broken)?.what ?? "\(error)"
        Issue.record("seed \(seed): \(what)", sourceLocation: sourceLocation)
        return
      }
    }
  }

  /// Throws unless the claim is true.
  static func check(_ claim: Bool, _ what: @autoclosure () -> String) throws {
    if !claim { throw Broken(what: what()) }
  }
}
