import ArgumentParser
import CRDT

/// `merge`: a concurrent editing trace, merged into fresh replicas one change at a time and all at once.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge a concurrent editing trace in memory.")

  @Argument(help: "A trace's name or path.") var trace = "friendsforever"

  func run() throws {
    let (name, trace) = try EditingTrace.load(trace)
    let changes = try TextMerge(trace).changes
    let single = changes.single
    let batches = changes.batches
    let clock = ContinuousClock()
    var each = TextReader(isChaining: false)
    let mergeEach = try clock.measure { for message in single { try each.take(message) } }
    var once = TextReader(isChaining: false)
    let mergeOnce = try clock.measure { for message in batches { try once.take(message) } }
    var chained = TextReader(isChaining: true)
    let mergeChained = try clock.measure { for message in batches { try chained.take(message) } }
    guard each.replica == once.replica else { throw BenchmarkError(description: "merged differently") }
    let isExpected = each.text == trace.endContent
    var figures = Figures("merge/\(name)")
    figures.add("changes", changes.count)
    figures.add("merge_each_ms", mergeEach.milliseconds)
    figures.add("merge_once_ms", mergeOnce.milliseconds)
    figures.add("merge_once_chained_ms", mergeChained.milliseconds)
    figures.add("history_bytes", batches.reduce(0) { $0 + $1.count })
    figures.print()
    guard isExpected else { throw BenchmarkError(description: "the text is not the trace's") }
  }
}
