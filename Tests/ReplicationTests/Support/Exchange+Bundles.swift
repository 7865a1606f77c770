import CRDT
import Replication
import Testing
import WireProtocol

/// A bundle as its messages: how they are sealed in a file, the machines do not know.
struct Parcel {
  let header: [UInt8]
  var messages: [[UInt8]]

  /// The messages in a few words.
  var lines: [String] {
    messages.compactMap { bytes in
      if let message = try? WireServerMessage(checking: bytes), message.body != nil, isDelivery {
        return Line.of(message)
      }
      return (try? WireClientMessage(checking: bytes)).map { Line.of($0) }
    }
  }

  private var isDelivery: Bool { (try? BundleHeader(encoded: header))?.kind == .delivery }
}

/// Bundles, carried by hand.
extension Exchange {
  /// What a device writes into a push bundle.
  ///
  /// - Parameters:
  ///   - openings: what was shown on it and the server does not have.
  ///   - logs: what it keeps of the logs of knowing.
  func bundle(
    of station: Workstation, signedBy key: SigningKey? = nil, openings: [Opening] = [], logs: LogWatch? = nil
  ) throws -> Parcel {
    let header = BundleHeader(
      kind: .push, tenant: tenant.id, actor: station.actor, encapsulatedKey: random.bytes(32)
    ).encoded
    var push = try BundlePush(identity: station.identity)
    var messages = [
      try push.opening(
        header: header, nonce: random.bytes(32), at: clientTime, replica: station.replica)
    ]
    while let message = try push.nextPush(station.replica) { messages.append(message) }
    if let opened = try push.nextOpened(openings) { messages.append(opened) }
    if let logs { messages.append(try push.checkpoints(logs)) }
    messages.append(try push.follow())
    return Parcel(header: header, messages: messages)
  }

  /// Reads a push bundle out to the server.
  ///
  /// - Parameter between: called whenever a delivery was written down.
  /// - Returns: the delivery bundle; with the reason, as far as it came, when the server refused.
  func take(_ parcel: Parcel, between: () throws -> Void = {}) throws -> (reply: Parcel, code: ErrorCode?) {
    let connection = openForBundle()
    defer { server.closed(connection) }
    var reply = Parcel(header: [], messages: [])
    for message in parcel.messages {
      var next: [UInt8]? = message
      while let said = next {
        next = nil
        for answer in say(said, on: connection) {
          switch answer.body {
          case .failure(let failure)?: return (reply, ErrorCode(rawValue: failure.code))
          case .bundle(let opening)?: reply = begin(opening, parcel)
          default: reply.messages.append(try answer.serializedBytes())
          }
          guard case .delivery(let delivery)? = answer.body, !delivery.caughtUp else { continue }
          try between()
          next = try WireClientMessage.with { $0.delivered = .with { $0.number = delivery.number } }
            .serializedBytes()
        }
      }
    }
    return (reply, nil)
  }

  /// The reply's beginning, as whoever seals it signs it.
  private func begin(_ reply: WireBundleReply, _ parcel: Parcel) -> Parcel {
    let actor = (try? BundleHeader(encoded: parcel.header))?.actor ?? ActorID(rawValue: 0)
    let header = BundleHeader(
      kind: .delivery, tenant: tenant.id, actor: actor, encapsulatedKey: random.bytes(32)
    ).encoded
    let signed = tenant.signingKey.reply(header: header, body: Array(reply.body))
    let message = WireServerMessage.with { $0.bundle = signed }
    return Parcel(header: header, messages: [(try? message.serializedBytes()) ?? []])
  }

  private func say(_ bytes: [UInt8], on connection: Int) -> [WireServerMessage] {
    server.received(bytes, on: connection)
    server.commit()
    var answers: [WireServerMessage] = []
    for output in server.takeOutput() {
      if case .send(connection, let message) = output { answers.append(message) } else { forward(output) }
    }
    return answers
  }

  /// Takes a delivery bundle in.
  @discardableResult
  func receive(_ parcel: Parcel, at station: Workstation) throws -> BundleIntake.Outcome {
    var intake = try BundleIntake(
      identity: station.identity, header: parcel.header, lastTaken: station.lastBundle)
    var fits = true
    for message in parcel.messages {
      for write in try intake.received(message, replica: station.replica) where fits {
        do { try store(write, at: station) } catch is ReplicaModel.Fault {
          fits = false
          station.replica.forgetCursor()
        }
      }
    }
    try intake.ended()
    return fits ? intake.outcome : .older
  }

  private func store(_ write: BundleIntake.Write, at station: Workstation) throws {
    switch write {
    case .verdicts(let verdicts): try station.replica.apply(verdicts, cursor: nil)
    case .opened, .logs: break
    case .standing(let digits): station.replica.isConfirmed = digits == nil
    case .delivery(let delivery, let end):
      try station.replica.apply(bundled: delivery)
      if let end { station.lastBundle = end.bundle }
    }
  }

  /// There and back.
  @discardableResult
  func carry(_ station: Workstation) throws -> BundleIntake.Outcome {
    let (reply, code) = try take(bundle(of: station))
    if let code { throw ProtocolError(code) }
    return try receive(reply, at: station)
  }
}
