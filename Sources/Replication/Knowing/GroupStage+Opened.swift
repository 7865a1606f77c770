import CRDT
import WireProtocol

/// The log of what was opened: what devices say was shown on them.
extension GroupStage {
  /// Takes in what a device says. A row that stands in the log already is not written again: its device was
  /// not told, or is a copy of the one that was.
  ///
  /// It is asked neither whether the record exists nor whether its person may read it: a right may have ended
  /// since, and the answer would tell.
  ///
  /// - Parameter isShortOfSpace: whether the store is to grow by nothing now.
  /// - Returns: of how many rows, all of them or none: none are taken where their records may come back to
  ///   the server only later, or nobody has confirmed whose device it is.
  mutating func take(_ openings: [Opening], from actor: ActorID, isShortOfSpace: Bool) throws -> Int {
    guard let device = device(actor), let account = account(device.account) else {
      throw ProtocolError(.unknownDevice)
    }
    guard !isShortOfSpace, !directory.isInRecovery, device.isConfirmed else { return 0 }
    let agent = LogAgent(person: account.person, account: account.id, device: actor)
    for opening in openings {
      let digest = opening.digest
      guard openedDigests.insert(digest).inserted else { continue }
      if try source.hasOpened(digest) { continue }
      group.opened.append(OpenedRow(recordedAt: receivedAt, agent: agent, opening: opening))
    }
    return openings.count
  }
}

extension OpenSession {
  /// Rows of what was opened came in.
  mutating func opened(_ message: WireOpenedRows) throws -> ServerSession.Action {
    guard openedWaiting == nil, message.rows.count <= Limits.openedRows else {
      throw ProtocolError(.limitExceeded)
    }
    let openings = try message.rows.map(Opening.init)
    openedWaiting = openings.map(\.digest)
    return .submit(.noteOpened(openings, by: device.actor))
  }
}

extension OpenSession {
  /// The device looks for its rows. Nobody is told anything here who is sent no content.
  func search(_ request: WireInclusionRequest) throws -> ServerSession.Action {
    guard request.events.count <= Limits.openedRows else { throw ProtocolError(.limitExceeded) }
    return maySend ? .readLogs(.inclusion(request)) : .send(.with { $0.inclusion = .init() })
  }
}

extension ServerSession {
  /// What was opened stands in the log.
  mutating func openedTaken(_ rows: Int) -> [Action] {
    guard case .open(var open) = state else { return [] }
    let events = open.openedWaiting ?? []
    open.openedWaiting = nil
    state = .open(open)
    return [
      .send(
        .with {
          $0.opened = .with {
            $0.rows = UInt32(rows)
            // Whoever reads a bundle that answers this may have written down more meanwhile.
            if isBundle, rows > 0 { $0.events = events.map { .init($0.bytes) } }
          }
        })
    ]
  }
}
