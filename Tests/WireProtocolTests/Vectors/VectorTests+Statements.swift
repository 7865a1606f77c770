import CRDT
import Testing

@testable import WireProtocol

/// What is signed alone, read as a program in another language would read it.
extension VectorTests {
  @Test func statementsAreSignedInTheirContexts() throws {
    let file = try VectorFile("signed-statement")
    let tenant = try VerifyingKey(bytes: file.bytes("tenant_key"))
    let device = try VerifyingKey(bytes: file.bytes("device_key"))
    var statements: [(VectorFile, SignatureContext)] = [
      (try file.object("receipt"), .receipt), (try file.object("succession"), .succession),
      (try file.object("recovery_end"), .recoveryEnd),
    ]
    for order in try file.list("orders") { statements.append((order, .order)) }
    for (told, context) in statements {
      let (key, other) = context == .order ? (tenant, device) : (device, tenant)
      let (encoded, signature) = (try told.bytes("encoded"), try told.bytes("signature"))
      #expect(try told.bytes("signed") == context.bytes(over: encoded))
      for one in SignatureContext.allCases {
        #expect(key.isValid(signature, over: encoded, for: one) == (one == context), "\(context)")
      }
      #expect(!other.isValid(signature, over: encoded, for: context), "\(context)")
    }
  }

  @Test func statementsAreRead() throws {
    let fixture = try Fixture()
    let file = try VectorFile("signed-statement")
    let orders = try file.list("orders").map { try WireOrderBody(serializedBytes: $0.bytes("encoded")) }
    #expect(orders.map(\.number) == [1, 2, 3, 4])
    #expect(
      orders.allSatisfy { Array($0.tenant) == fixture.tenant.bytes && $0.actor == fixture.actor.rawValue })
    #expect(orders.allSatisfy { $0.order != nil && $0.unknownFields.data.isEmpty })
    let receipt = try WireReceiptBody(serializedBytes: file.object("receipt").bytes("encoded"))
    #expect(receipt.wipes == 9 && receipt.records.map(\.generation) == [1, 2])
    #expect(try ActorCertificate(encoded: file.object("succession").bytes("encoded")) == fixture.succession)
    let end = try WireRecoveryStatement(serializedBytes: file.object("recovery_end").bytes("encoded"))
    #expect(Array(end.epoch) == fixture.epoch.bytes && end.madeAt == fixture.time)
  }

  @Test func aTransferIsRead() throws {
    let fixture = try Fixture()
    let told = try VectorFile("signed-statement").object("transfer")
    let header = try told.bytes("header")
    #expect(try BundleHeader(encoded: header) == fixture.transferHeader)
    let card = TenantCard(tenant: fixture.tenant, key: fixture.tenantKey, name: "Eksempel Kommune")
    let message = try TransferTransferMessage(serializedBytes: told.bytes("message"))
    #expect(try TransferStatement(message, from: card, over: header) == fixture.transferStatement)
    #expect(throws: ProtocolError(.badSignature)) {
      try TransferStatement(message, from: card, over: header + [0])
    }
  }
}
