public import CRDT
import Crypto

/// A one-time code: its id, a 128-bit secret, and the fingerprint of the tenant's key.
///
/// The secret is proved and never sent; the server keeps only its hash. The fingerprint lets the new device
/// know the right server before it says anything.
public struct EnrolmentCode: Hashable, Sendable {
  /// Names the code to the server.
  public let id: UInt64
  /// 16 random bytes.
  public let secret: Identifier
  /// The first 16 bytes of SHA-256 of the tenant's public key.
  public let fingerprint: Identifier

  /// Makes a code.
  public init(id: UInt64, secret: Identifier, fingerprint: Identifier) {
    self.id = id
    self.secret = secret
    self.fingerprint = fingerprint
  }

  /// What the server keeps instead of the secret.
  public var verifier: Digest { Self.verifier(of: secret) }

  /// The hash of a secret.
  public static func verifier(of secret: Identifier) -> Digest {
    Digest.of {
      $0.add("kos.enrolment-code.v1"); $0.add(secret)
    }
  }

  /// The fingerprint of a tenant's Ed25519 public key.
  public static func fingerprint(of tenantKey: [UInt8]) -> Identifier {
    let digest = Digest.of { $0.add(tenantKey) }
    return Identifier(high: digest.firstWord, low: digest.secondWord)
  }

  /// Proves knowledge of the secret over both hellos: HMAC-SHA-256 under the verifier.
  public static func proof(verifier: Digest, transcript: [UInt8]) -> [UInt8] {
    let key = SymmetricKey(data: verifier.bytes)
    return Array(
      HMAC<SHA256>.authenticationCode(for: SignatureContext.enrolment.bytes(over: transcript), using: key))
  }

  /// Whether a proof is right, compared in constant time.
  public static func isValid(proof: [UInt8], verifier: Digest, transcript: [UInt8]) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
      proof, authenticating: SignatureContext.enrolment.bytes(over: transcript),
      using: SymmetricKey(data: verifier.bytes))
  }
}

extension EnrolmentCode: LosslessStringConvertible {
  /// 65 characters of Crockford's base 32 (no I, L, O, U), the last a check, in groups of five.
  public var description: String {
    var writer = ProtobufWriter()
    writer.append(bigEndian: id)
    writer.identifier(secret)
    writer.identifier(fingerprint)
    let symbols = Base32.encode(writer.bytes)
    var text = ""
    for (offset, symbol) in (symbols + [Base32.check(symbols)]).enumerated() {
      if offset > 0, offset.isMultiple(of: 5) { text.append("-") }
      text.append(Character(UnicodeScalar(symbol)))
    }
    return text
  }

  /// Reads a code as a person may have typed it: any case, with or without dashes and spaces.
  public init?(_ description: String) {
    guard var symbols = Base32.normalised(description), symbols.count == 65, let check = symbols.popLast(),
      check == Base32.check(symbols), let bytes = Base32.decode(symbols), bytes.count == 40,
      let secret = Identifier(bytes: bytes[8..<24]), let fingerprint = Identifier(bytes: bytes[24..<40])
    else { return nil }
    let id = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    self.init(id: id, secret: secret, fingerprint: fingerprint)
  }
}
