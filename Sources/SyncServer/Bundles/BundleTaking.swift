import Replication
import Storage
import WireProtocol

/// Reads a push bundle out to a tenant's server, and writes down what it answers as a delivery bundle.
///
/// It is the one that has the files open and the seals in hand; whether the bundle is taken in, and what is
/// answered, the server decides, by the device's signatures in it.
struct BundleTaking {
  /// Why the bundle is not taken in.
  enum Failure: Error {
    /// The server said no.
    case refused(ErrorCode)
    /// The server said something that has no place here.
    case unexpected
  }

  let keys: TenantBundleKeys
  let socket: LocalSocket
  var report = TakenBundle()

  init(keys: TenantBundleKeys, socket: LocalSocket) {
    self.keys = keys
    self.socket = socket
  }

  /// Reads all of a bundle, so that nothing of a damaged one is taken in.
  ///
  /// - Throws: `BundleError`.
  static func check(_ path: String, _ keys: TenantBundleKeys) throws {
    let reader = try BundleReader(path: path)
    try keys.open(reader)
    var last: WireClientMessage.OneOf_Body?
    while case let place = reader.offset, let bytes = try reader.nextMessage() {
      let body = (try? WireClientMessage(checking: bytes))?.body
      let isInPlace =
        switch (body, last) {
        case (.bundle(let opening)?, nil): Array(opening.header) == reader.encodedHeader
        case (.push?, .bundle?), (.push?, .push?): true
        case (.opened?, .bundle?), (.opened?, .push?), (.opened?, .opened?): true
        case (.checkpoints?, .bundle?), (.checkpoints?, .push?), (.checkpoints?, .opened?): true
        case (.follow?, .bundle?), (.follow?, .push?), (.follow?, .opened?), (.follow?, .checkpoints?): true
        default: false
        }
      guard isInPlace else { throw BundleError(.damaged, at: place) }
      last = body
    }
    guard case .follow? = last else { throw BundleError(.damaged, at: reader.offset) }
  }

  /// Reads the bundle out, message by message.
  mutating func take(
    _ path: String, reply: String, progress: (_ read: Int, _ of: Int) -> Void
  ) throws {
    let reader = try BundleReader(path: path)
    try keys.open(reader)
    var writer: BundleWriter?
    while let bytes = try reader.nextMessage() {
      let message = try WireClientMessage(checking: bytes)
      try socket.send(bytes)
      switch message.body {
      case .bundle?: writer = try begin(reply, for: reader.header)
      case .push(let push)?: try answer(to: Push(push).entries.count, into: writer)
      case .opened?:
        try pass(into: writer) { if case .opened = $0 { true } else { false } }
      case .checkpoints?:
        try pass(into: writer) { if case .checkpoints = $0 { true } else { false } }
      case .follow?: try deliver(into: writer)
      default: throw Failure.unexpected
      }
      progress(reader.offset, reader.fileBytes)
    }
    guard let writer else { throw Failure.unexpected }
    report.replyBytes = try writer.finish()
  }

  /// Begins the reply, sealed to the device that the server named.
  private mutating func begin(_ path: String, for header: BundleHeader) throws -> BundleWriter {
    guard case .bundle(let reply)? = try receive().body, case let (message, bytes) = try receiveBytes(),
      case .welcome(let welcome)? = message.body,
      let names = try? WireDeviceCertificate(serializedBytes: Array(welcome.membership.certificate))
    else { throw Failure.unexpected }
    report.isConfirmed = welcome.outcome == .open
    let writer = try BundleWriter(path: path, sealedTo: Array(names.agreementKey)) { key in
      BundleHeader(kind: .delivery, tenant: keys.tenant, actor: header.actor, encapsulatedKey: key)
    }
    let signed = keys.signingKey.reply(header: writer.header, body: Array(reply.body))
    try writer.append(try WireServerMessage.with { $0.bundle = signed }.serializedBytes())
    try writer.append(bytes)
    return writer
  }

  private mutating func answer(to entries: Int, into writer: BundleWriter?) throws {
    var judged = 0
    while judged < entries {
      let (message, bytes) = try receiveBytes()
      guard case .verdicts(let verdicts)? = message.body, verdicts.entries > 0, let writer else {
        throw Failure.unexpected
      }
      judged += Int(verdicts.entries)
      report.entries += Int(verdicts.entries)
      report.changes += verdicts.stamps.count / 24
      report.refused += verdicts.exceptions.count
      try writer.append(bytes)
    }
  }

  /// Writes down the one answer.
  private func pass(
    into writer: BundleWriter?, _ isAnswer: (WireServerMessage.OneOf_Body?) -> Bool
  ) throws {
    let (message, bytes) = try receiveBytes()
    guard isAnswer(message.body), let writer else { throw Failure.unexpected }
    try writer.append(bytes)
  }

  private mutating func deliver(into writer: BundleWriter?) throws {
    while true {
      let (message, bytes) = try receiveBytes()
      guard case .delivery(let delivery)? = message.body, let writer else { throw Failure.unexpected }
      report.deliveries += 1
      try writer.append(bytes)
      if delivery.caughtUp { return }
      let confirmation = WireClientMessage.with { $0.delivered = .with { $0.number = delivery.number } }
      try socket.send(try confirmation.serializedBytes())
    }
  }

  private func receive() throws -> WireServerMessage { try receiveBytes().message }

  private func receiveBytes() throws -> (message: WireServerMessage, bytes: [UInt8]) {
    guard let bytes = try socket.receive() else { throw LocalSocket.Failure.closed }
    let message = try WireServerMessage(checking: bytes)
    if case .failure(let failure)? = message.body {
      throw Failure.refused(ErrorCode(rawValue: failure.code))
    }
    return (message, bytes)
  }
}
