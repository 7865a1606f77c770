public import CRDT

/// What a tenant signs of what it hands over to another (`Protocol/transfer.md`).
public struct TransferStatement: Hashable, Sendable {
  /// Who hands over.
  public let tenant: Identifier
  /// Its Ed25519 public key.
  public let signingKey: [UInt8]
  /// What it is called.
  public let name: String
  /// Milliseconds since 1970 by its clock.
  public let writtenAt: Int64
  /// Which cases.
  public let cases: [Identifier]
  /// Its own actors, of whose changes these are: their chains start with the tenant.
  public let actors: [ActorID]

  /// Describes what is handed over.
  public init(
    tenant: Identifier, signingKey: [UInt8], name: String, writtenAt: Int64, cases: [Identifier],
    actors: [ActorID]
  ) {
    self.tenant = tenant
    self.signingKey = signingKey
    self.name = name
    self.writtenAt = writtenAt
    self.cases = cases
    self.actors = actors
  }

  /// The first message of a transfer's file.
  ///
  /// - Parameter header: the file's header, as it stands there.
  public func opening(signedWith key: SigningKey, over header: [UInt8]) -> TransferTransferMessage {
    let message = TransferTransferStatement.with {
      $0.tenant = .init(tenant.bytes)
      $0.signingKey = .init(signingKey)
      $0.name = name
      $0.writtenAt = writtenAt
      $0.cases = cases.map { .init($0.bytes) }
      $0.actors = actors.map(\.rawValue)
    }
    let statement: [UInt8] = (try? message.serializedBytes()) ?? []
    return .with {
      $0.opening.statement = .init(statement)
      $0.opening.signature = .init(key.sign(Self.signed(statement, header), for: .transfer))
    }
  }

  /// Reads and checks the first message.
  ///
  /// - Parameters:
  ///   - sender: whose it must be.
  ///   - header: the file's header, as it stands there.
  /// - Throws: `ProtocolError`: `MALFORMED`; `BAD_SIGNATURE` when it is another's.
  public init(_ message: TransferTransferMessage, from sender: TenantCard, over header: [UInt8]) throws {
    guard case .opening(let opening)? = message.body else { throw ProtocolError.malformed }
    try self.init(opening, from: sender, over: header)
  }

  /// Reads and checks what the first message says.
  ///
  /// - Parameters:
  ///   - sender: whose it must be.
  ///   - header: the file's header, as it stands there.
  /// - Throws: `ProtocolError`: `MALFORMED`; `BAD_SIGNATURE` when it is another's.
  init(_ opening: TransferOpening, from sender: TenantCard, over header: [UInt8]) throws {
    guard let statement = try? TransferTransferStatement(serializedBytes: opening.statement),
      let tenant = Identifier(bytes: statement.tenant)
    else { throw ProtocolError.malformed }
    let signed = Self.signed(Array(opening.statement), header)
    guard tenant == sender.tenant, Array(statement.signingKey) == sender.signingKey,
      try VerifyingKey(bytes: sender.signingKey).isValid(
        Array(opening.signature), over: signed, for: .transfer)
    else { throw ProtocolError(.badSignature) }
    self.init(
      tenant: tenant, signingKey: sender.signingKey, name: statement.name, writtenAt: statement.writtenAt,
      cases: try statement.cases.map { bytes in
        guard let id = Identifier(bytes: bytes) else { throw ProtocolError.malformed }
        return id
      }, actors: statement.actors.map(ActorID.init(rawValue:)))
  }

  private static func signed(_ statement: [UInt8], _ header: [UInt8]) -> [UInt8] {
    Digest(hashing: header).bytes + statement
  }
}
