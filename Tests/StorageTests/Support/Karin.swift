import CRDT
import CaseModel
import Foundation
import Replication
import WireProtocol

/// What a server says of Karin, a family coordinator, and of her device.
func karin() throws -> Membership {
  let tenant = Identifier(high: 1, low: 1)
  let account = Identifier(high: 2, low: 2)
  let key = try SigningKey(secret: [UInt8](repeating: 7, count: 32))
  let certificate = WireDeviceCertificate.with {
    $0.tenant = Data(tenant.bytes)
    $0.account = Data(account.bytes)
    $0.signingKey = Data(key.publicKey)
  }
  let encoded: [UInt8] = try certificate.serializedBytes()
  let message = WireMembership.with {
    $0.account = Data(account.bytes)
    $0.person = Data(account.bytes)
    $0.personName = "Karin"
    $0.role = Role.familyCoordinator.rawValue
    $0.certificate = Data(encoded)
    $0.certificateSignature = Data(key.sign(encoded, for: .certificate))
  }
  return try Membership(
    message, tenant: tenant, tenantKey: key.publicKey, signingKey: key.publicKey, agreementKey: nil)
}
