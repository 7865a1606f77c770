public import CRDT

/// That a tenant handed cases over to another, as it signed it. Whoever receives them keeps it, and gives it
/// along when they go on (`Protocol/transfer.md`).
///
/// It proves who gave which cases to whom, and which actors are the giver's. Of what they wrote it says
/// nothing: for that the last tenant answers, which had it in its hands.
public struct Handover: Hashable, Sendable {
  /// Who handed over, by the card that the receiver was told.
  public let sender: TenantCard
  /// To whom.
  public let recipient: Identifier
  /// Which cases, and whose changes.
  public let statement: TransferStatement
  /// As it is kept and goes along: an encoded `Handover`.
  public let encoded: [UInt8]

  /// Checks what a tenant signed.
  ///
  /// - Parameters:
  ///   - opening: the first message of its file.
  ///   - sender: whose it must be.
  ///   - header: the header of that file, as it stands there.
  /// - Throws: `ProtocolError`: `MALFORMED`; `BAD_SIGNATURE` when it is another's.
  public init(_ opening: TransferOpening, from sender: TenantCard, over header: [UInt8]) throws {
    let bundle = try BundleHeader(encoded: header)
    guard bundle.kind == .transfer, bundle.tenant != sender.tenant else { throw ProtocolError.malformed }
    statement = try TransferStatement(opening, from: sender, over: header)
    self.sender = sender
    recipient = bundle.tenant
    let message = TransferHandover.with {
      $0.header = .init(header)
      $0.opening.statement = opening.statement
      $0.opening.signature = opening.signature
      $0.card = sender.text
    }
    encoded = try message.serializedBytes()
  }

  /// Reads and checks one that came along.
  ///
  /// - Throws: `ProtocolError`: `MALFORMED`, `UNSUPPORTED`, `BAD_SIGNATURE`.
  public init(_ message: TransferHandover) throws {
    try self.init(
      message.opening, from: TenantCard(text: message.card), over: Array(message.header))
  }

  /// Reads and checks one that was kept.
  ///
  /// - Throws: `ProtocolError`: `MALFORMED`, `UNSUPPORTED`, `BAD_SIGNATURE`.
  public init(encoded: [UInt8]) throws {
    guard let message = try? TransferHandover(serializedBytes: encoded) else { throw ProtocolError.malformed }
    try self.init(message)
  }

  /// The message by which it goes along.
  public var message: TransferTransferMessage {
    .with { $0.handover = (try? TransferHandover(serializedBytes: encoded)) ?? TransferHandover() }
  }
}
