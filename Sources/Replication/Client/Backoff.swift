/// How long to wait before a connection is tried again: twice as long each time, up to a minute, and not all
/// devices at the same moment.
public struct Backoff: Hashable, Sendable {
  /// The first pause, in seconds.
  public static let start = 1.0
  /// The longest pause, in seconds, before it is spread.
  public static let end = 60.0
  /// What a pause is multiplied by at random.
  public static let spread = 0.7...1.3

  private var pause = Backoff.start

  /// Nothing was tried yet.
  public init() {}

  /// The pause before the next attempt, in seconds.
  ///
  /// - Parameter random: 0 up to 1, drawn anew each time.
  public mutating func next(_ random: Double) -> Double {
    defer { pause = min(pause * 2, Self.end) }
    return pause * (Self.spread.lowerBound + (Self.spread.upperBound - Self.spread.lowerBound) * random)
  }

  /// A session was opened: the server is there.
  public mutating func succeeded() { pause = Self.start }
}
