/// What the process ends with.
enum Exit: Int32, Sendable {
  /// Something unforeseen.
  case other = 1
  /// The command was not understood.
  case usage = 2
  /// Policy refused it.
  case refused = 3
  /// A conflict or refused work needs a person.
  case needsPerson = 4
  /// The server cannot be reached, and the command cannot do without it.
  case offline = 5
  /// The replica is damaged.
  case damaged = 6
  /// The replica is locked.
  case locked = 7
  /// The device may not show what it holds until it has reached the server.
  case leaseOver = 8
  /// What was to be shown could be neither shown nor refuted: what shows it is not at hand.
  case unproven = 9

  /// The stable word for `--json`.
  var name: String {
    switch self {
    case .other: "other"
    case .usage: "usage"
    case .refused: "refused"
    case .needsPerson: "needs_person"
    case .offline: "offline"
    case .damaged: "damaged"
    case .locked: "locked"
    case .leaseOver: "lease_over"
    case .unproven: "unproven"
    }
  }
}
