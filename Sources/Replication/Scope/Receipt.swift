public import CRDT
import WireProtocol

/// A device's signed word that it has wiped what left its scope.
public struct Receipt: Hashable, Sendable {
  /// The device.
  public let actor: ActorID
  /// What was signed: an encoded `ReceiptBody`.
  public let body: [UInt8]
  /// Its signature, by the actor's key.
  public let signature: [UInt8]
  /// What was wiped.
  public let records: [HeldRecord]
  /// How many records the actor has wiped in all.
  public let wipes: UInt64

  /// Takes a receipt that a ledger holds.
  ///
  /// - Throws: `ProtocolError` when the body is none.
  public init(actor: ActorID, body: [UInt8], signature: [UInt8]) throws {
    guard let said = try? WireReceiptBody(serializedBytes: body) else { throw ProtocolError.malformed }
    guard said.records.count <= Limits.heldRecords else { throw ProtocolError(.limitExceeded) }
    self.actor = actor
    self.body = body
    self.signature = signature
    wipes = min(said.wipes, Limits.highestNumber)
    records = try said.records.map { wiped in
      guard let record = Identifier(bytes: wiped.record) else { throw ProtocolError.malformed }
      return HeldRecord(record: record, generation: wiped.generation)
    }
  }

  /// Reads a receipt that a device sent.
  ///
  /// - Throws: `ProtocolError`: `BAD_SIGNATURE`; `MALFORMED` for another device's or tenant's.
  init(_ message: WireReceipt, from device: Device, of tenant: Identifier) throws {
    let body = Array(message.body)
    let signature = Array(message.signature)
    guard try VerifyingKey(bytes: device.signingKey).isValid(signature, over: body, for: .receipt) else {
      throw ProtocolError(.badSignature)
    }
    guard let said = try? WireReceiptBody(serializedBytes: body), Array(said.tenant) == tenant.bytes,
      said.actor == device.actor.rawValue
    else { throw ProtocolError.malformed }
    try self.init(actor: device.actor, body: body, signature: signature)
  }
}

extension ClientIdentity {
  /// Signs that records were wiped.
  ///
  /// - Parameter wipes: how many the actor has wiped in all.
  func receipt(for wiped: [WipedRecord], wipes: UInt64) throws -> WireReceipt {
    let body: [UInt8] = try WireReceiptBody.with {
      $0.tenant = .init(tenant.bytes)
      $0.actor = actor.rawValue
      $0.wipes = wipes
      $0.records = wiped.map { one in
        .with {
          $0.record = .init(one.held.record.bytes)
          $0.generation = one.held.generation
          $0.wipedAt = one.wipedAt
          $0.sealedItems = UInt32(clamping: one.sealedItems)
        }
      }
    }.serializedBytes()
    return .with {
      $0.body = .init(body)
      $0.signature = .init(signingKey.sign(body, for: .receipt))
    }
  }
}
