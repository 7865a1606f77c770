public import WireProtocol

/// What a device says in a session of what was shown on it: some rows at a time, and the next ones once the
/// server has these.
///
/// It shares nothing with the exchange of changes: a row that waits holds up nothing else, and is pushed by
/// whichever session comes next. A row that is pushed twice stands in the log once.
public struct OpeningExchange: Sendable {
  /// How many rows wait for their answer.
  private var waiting = 0
  private var idleTicks = 0
  private var isOpen = false
  /// The server takes none in this session.
  private var isPutOff = false

  /// A connection on which nothing was said yet.
  public init() {}

  /// Whether nothing waits for an answer.
  public var isIdle: Bool { waiting == 0 }

  /// The session is open.
  public mutating func opened() { isOpen = true }

  /// What to push next, of what waits at the device, oldest first; `nil` when an answer is to come before, or
  /// nothing waits.
  public mutating func next(of openings: [Opening]) -> WireOpenedRows? {
    guard isOpen, !isPutOff, waiting == 0, !openings.isEmpty else { return nil }
    let rows = openings.prefix(Limits.openedRows)
    waiting = rows.count
    return .with { $0.rows = rows.map(\.message) }
  }

  /// The server has what was pushed, or takes none now: its disk is nearly full, it lost its ledger, or the
  /// device waits for its confirmation. Then they are pushed in a later session.
  ///
  /// - Returns: whether it has them.
  /// - Throws: `ProtocolError` when the answer is on others.
  public mutating func received(_ taken: WireOpenedTaken) throws(ProtocolError) -> Bool {
    guard waiting > 0, taken.rows == UInt32(waiting) || taken.rows == 0 else {
      throw ProtocolError(.unexpected)
    }
    (waiting, idleTicks) = (0, 0)
    isPutOff = taken.rows == 0
    return !isPutOff
  }

  /// Something came in: the answer may stand behind more.
  public mutating func heard() { idleTicks = 0 }

  /// Some seconds have passed.
  ///
  /// - Returns: whether the connection is to be given up: no answer comes.
  public mutating func tick() -> Bool {
    idleTicks = isIdle ? 0 : idleTicks + 1
    return idleTicks > ReplicaMachine.idleTicksMax
  }
}
