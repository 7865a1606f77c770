import Replication
import WireProtocol

/// What a session does about the logs of knowing as they were signed, when somebody asks for it.
struct LogReading: Sendable {
  /// What was asked for.
  enum Wish: Sendable {
    /// To hold these checkpoints, which came from elsewhere, against what is kept.
    case compare([SignedCheckpoint])
    /// To read all of both logs.
    case inspect
  }

  let wish: Wish
  var comparison: LogComparison?
  /// Of how many outcomes of the comparison the evidence is kept.
  var keptOutcomes = 0
  var inspection: LogInspection?
  /// The logs of which the server has just shown that they go on from what is kept.
  var current: Set<LogKind> = []

  private var waited = 0
  /// For how many ticks it is waited until the session says how the logs stand: about a minute.
  private static let ticksMax = 12

  init(_ wish: Wish) { self.wish = wish }

  /// Some seconds have passed.
  ///
  /// - Returns: whether the connection is to be given up: no answer comes.
  mutating func tick() -> Bool {
    if let isOver = inspection?.tick() { return isOver }
    waited += 1
    return waited > Self.ticksMax
  }

  /// Something came in: the answer may stand behind more.
  mutating func heard() { inspection?.heard() }
}

/// What came of holding the logs of knowing against what was signed.
enum LogReport: Sendable {
  /// What is known so far; more is asked for.
  case comparing([LogComparison.Outcome])
  case compared([LogComparison.Outcome])
  /// What is to be said so far; more is read.
  case inspecting(LogInspection.Standing)
  case page(LogInspection.Page)
  case inspected(LogInspection.Standing)
}
