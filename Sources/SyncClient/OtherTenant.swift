public import CRDT
import WireProtocol

/// Another tenant, as its card tells (`Protocol/transfer.md`).
public struct OtherTenant: Hashable, Sendable {
  /// The tenant.
  public let id: Identifier
  /// What it is called.
  public let name: String
  /// What people compare: 64 hexadecimal digits.
  public let fingerprint: String

  /// Reads a card; `nil` when it is none.
  public init?(card text: String) {
    guard let card = try? TenantCard(text: text) else { return nil }
    id = card.tenant
    name = card.name
    fingerprint = card.fingerprint
  }
}
