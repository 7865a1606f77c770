/// What became of an act that was saved.
enum Delivery {
  /// The server has it.
  case sent
  /// It waits here, perhaps for a reason that can be told.
  case queued(Failure?)
  /// The server has it, and somebody decides on it.
  case quarantined
  /// The server has it, and this person is to confirm it.
  case held
  /// The server refused it.
  case refused(String)

  /// The stable word for `--json`.
  var name: String {
    switch self {
    case .sent: "sent"
    case .queued: "queued"
    case .quarantined: "quarantined"
    case .held: "held"
    case .refused: "refused"
    }
  }

  /// What else programs are told.
  var members: [(String, JSON)] {
    switch self {
    case .sent, .quarantined, .held, .queued(nil): []
    case .queued(let failure?): [("reason", .string(failure.exit.name))]
    case .refused(let code): [("code", .string(code))]
    }
  }
}
