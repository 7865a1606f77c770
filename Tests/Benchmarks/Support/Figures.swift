/// One line of figures as the peers' drivers print it.
struct Figures {
  private var members: [String]

  init(_ workload: String, of peer: String = "kos") {
    members = [#""peer":"\#(peer)""#, #""workload":"\#(workload)""#]
  }

  mutating func add(_ key: String, _ count: Int) { members.append("\"\(key)\":\(count)") }

  /// Adds a figure, rounded to thousandths.
  mutating func add(_ key: String, _ value: Double) {
    members.append("\"\(key)\":\((value * 1_000).rounded() / 1_000)")
  }

  func print() { Swift.print("{\(members.joined(separator: ","))}") }
}

extension Duration {
  var milliseconds: Double { self / .milliseconds(1) }

  /// How many of `count` are done in a second.
  func rate(of count: Int) -> Double { Double(count) / (self / .seconds(1)) }
}

extension [Double] {
  /// The value that the given share of the values does not exceed.
  func percentile(_ share: Double) -> Double {
    let sorted = sorted()
    guard !sorted.isEmpty else { return 0 }
    return sorted[Swift.min(count - 1, Int(Double(count) * share))]
  }
}
