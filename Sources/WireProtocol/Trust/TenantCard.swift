public import CRDT
import FoundationEssentials

/// How one tenant knows another: who it is, what it signs with, and what is sealed to it. It is no secret;
/// that it is the right one is for people to tell each other, by its fingerprint (`Protocol/transfer.md`).
public struct TenantCard: Hashable, Sendable {
  /// The tenant.
  public let tenant: Identifier
  /// Its Ed25519 public key, 32 bytes.
  public let signingKey: [UInt8]
  /// Its X25519 public key, 32 bytes.
  public let agreementKey: [UInt8]
  /// What it is called.
  public let name: String

  private static let prefix = "koscard1-"
  private static let nameBytesMax = 256

  /// The card of the tenant that has a signing key.
  public init(tenant: Identifier, key: SigningKey, name: String) {
    self.tenant = tenant
    signingKey = key.publicKey
    agreementKey = key.tenantAgreementKey
    var name = name
    while name.utf8.count > Self.nameBytesMax { name.removeLast() }
    self.name = name
  }

  /// Reads a card from its text.
  ///
  /// - Throws: `ProtocolError` `MALFORMED` when it is none, or names keys that nobody can use.
  public init(text: String) throws {
    let text = text.filter { !$0.isWhitespace }
    guard text.hasPrefix(Self.prefix), text.utf8.count <= 1_024,
      let data = Data(base64Encoded: Self.padded(text.dropFirst(Self.prefix.count)))
    else { throw ProtocolError.malformed }
    let bytes = Array(data)
    guard bytes.count >= 80, bytes.count <= 80 + Self.nameBytesMax,
      let tenant = Identifier(bytes: bytes.prefix(16)),
      let name = String(validating: bytes.dropFirst(80), as: UTF8.self),
      AgreementKey.isUsable(Array(bytes[48..<80]))
    else { throw ProtocolError.malformed }
    self.tenant = tenant
    signingKey = try VerifyingKey(bytes: Array(bytes[16..<48])).bytes
    agreementKey = Array(bytes[48..<80])
    self.name = name
  }

  private var bytes: [UInt8] { tenant.bytes + signingKey + agreementKey + Array(name.utf8) }

  /// The card as people pass it on: letters, digits, `-` and `_`.
  public var text: String {
    let encoded = Data(bytes).base64EncodedString().filter { $0 != "=" }
    return Self.prefix + encoded.map { $0 == "+" ? "-" : $0 == "/" ? "_" : "\($0)" }.joined()
  }

  /// What people compare, and a transfer names: the card's SHA-256, 64 hexadecimal digits.
  public var fingerprint: String {
    let digits = Array("0123456789abcdef")
    return String(
      Digest(hashing: Array("kos.card.v1".utf8) + [0] + bytes).bytes.flatMap {
        [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
      })
  }

  private static func padded(_ text: Substring) -> String {
    let plain = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : "\($0)" }.joined()
    return plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
  }
}
