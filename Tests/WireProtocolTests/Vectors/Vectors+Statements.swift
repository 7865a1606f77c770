import CRDT
import SwiftProtobuf

@testable import WireProtocol

/// The vectors of what a tenant or a device says under a signature of its own.
extension Fixture {
  /// Another municipality, to which cases go.
  var otherTenant: Identifier { Identifier(high: 0x1212_1212_1212_4212, low: 0x8212_1212_1212_1212) }

  /// The certificate of the actor that takes the device's place.
  var succession: ActorCertificate {
    ActorCertificate(tenant: tenant, predecessor: actor, signingKey: otherKey.publicKey, epoch: epoch)
  }

  var transferHeader: BundleHeader {
    BundleHeader(
      kind: .transfer, tenant: otherTenant, actor: ActorID(rawValue: 0),
      encapsulatedKey: [UInt8](repeating: 0xab, count: 32))
  }

  var transferStatement: TransferStatement {
    TransferStatement(
      tenant: tenant, signingKey: tenantKey.publicKey, name: "Eksempel Kommune", writtenAt: time,
      cases: [caseID], actors: [actor, otherActor])
  }

  func statementVector() throws -> Vector {
    Vector(
      name: "signed-statement",
      content: [
        "what":
          "Orders, a receipt, a succession, the end of a recovery and a transfer, each with what is signed.",
        "tenant": .id(tenant), "actor": .text(actor.description),
        "tenant_secret_key": .hex(tenantSecret), "tenant_key": .hex(tenantKey.publicKey),
        "device_secret_key": .hex(deviceSecret), "device_key": .hex(deviceKey.publicKey),
        "orders": .list(try orders().map { signed($0, by: tenantKey, for: .order) }),
        "receipt": signed(try receipt(), by: deviceKey, for: .receipt),
        "succession": signed(succession.encoded, by: deviceKey, for: .succession),
        "recovery_end": signed(try recoveryStatement(), by: deviceKey, for: .recoveryEnd),
        "transfer": try transfer(),
      ])
  }

  private func signed(_ encoded: [UInt8], by key: SigningKey, for context: SignatureContext) -> JSON {
    [
      "encoded": .hex(encoded), "signed": .hex(context.bytes(over: encoded)),
      "signature": .hex(key.sign(encoded, for: context)),
    ]
  }

  /// One of each kind: what backups contain, an exit, a revocation, a lease.
  private func orders() throws -> [[UInt8]] {
    let fills: [(inout WireOrderBody) -> Void] = [
      {
        $0.backupWatermark.entries = 3
        $0.backupWatermark.cursor = .init(repeating: 0xdd, count: 40)
      },
      {
        $0.exit.records = [held(record, 1), held(otherRecord, 2)]
        $0.exit.erased = [.init(otherRecord.bytes)]
      },
      {
        $0.revocation.reason = .revocationStolen
        $0.revocation.revokedAt = time - 60_000
      },
      { $0.lease.until = time + 30 * 86_400_000 },
    ]
    return try fills.enumerated().map { index, fill in
      var body = WireOrderBody.with {
        $0.tenant = .init(tenant.bytes)
        $0.actor = actor.rawValue
        $0.number = UInt64(index + 1)
        $0.issuedAt = time
      }
      fill(&body)
      return try body.serializedBytes()
    }
  }

  private func held(_ record: Identifier, _ generation: UInt64) -> WireHeldRecord {
    .with {
      $0.record = .init(record.bytes)
      $0.generation = generation
    }
  }

  private func receipt() throws -> [UInt8] {
    try WireReceiptBody.with {
      $0.tenant = .init(tenant.bytes)
      $0.actor = actor.rawValue
      $0.wipes = 9
      $0.records = [
        .with {
          $0.record = .init(record.bytes)
          $0.generation = 1
          $0.wipedAt = time + 5
          $0.sealedItems = 2
        },
        .with {
          $0.record = .init(otherRecord.bytes)
          $0.generation = 2
          $0.wipedAt = time + 6
        },
      ]
    }.serializedBytes()
  }

  private func recoveryStatement() throws -> [UInt8] {
    try WireRecoveryStatement.with {
      $0.tenant = .init(tenant.bytes)
      $0.epoch = .init(epoch.bytes)
      $0.actor = actor.rawValue
      $0.madeAt = time
    }.serializedBytes()
  }

  private func transfer() throws -> JSON {
    let header = transferHeader.encoded
    let message = transferStatement.opening(signedWith: tenantKey, over: header)
    let statement = Array(message.opening.statement)
    let content = Digest(hashing: header).bytes + statement
    return [
      "header": .hex(header), "statement": .hex(statement),
      "signed": .hex(SignatureContext.transfer.bytes(over: content)),
      "signature": .hex(Array(message.opening.signature)),
      "message": .hex(try message.serializedBytes() as [UInt8]),
    ]
  }
}
