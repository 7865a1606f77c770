import Crypto
import FoundationEssentials
import WireProtocol

/// How the content of a bundle is sealed: HPKE (RFC 9180) in base mode with X25519, HKDF-SHA-256 and
/// ChaCha20-Poly1305, one message a chunk. What is bound beside it is which way the bundle goes, whose it is,
/// its whole header, the place of each chunk, and which is the last: no file that was cut, changed or put
/// together opens.
enum BundleSeal {
  static let suite = TenantSeal.suite
  /// By how many bytes a sealed chunk is longer than its content.
  static let tagBytes = 16

  static func authenticated(_ header: WireProtocol.Digest, isLast: Bool) -> [UInt8] {
    header.bytes + [isLast ? 1 : 0]
  }

  /// Seals chunks to a public key.
  struct Sender {
    let header: [UInt8]
    private let digest: WireProtocol.Digest
    private var sender: HPKE.Sender

    /// - Parameter key: the receiver's X25519 public key.
    init(to key: [UInt8], _ describe: (_ encapsulatedKey: [UInt8]) -> BundleHeader) throws {
      // What the info says, the header says too; its key is known only afterwards.
      let draft = describe([UInt8](repeating: 0, count: 32))
      guard AgreementKey.isUsable(key),
        let receiver = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: key),
        let sender = try? HPKE.Sender(
          recipientKey: receiver, ciphersuite: suite, info: Data(draft.sealingInfo))
      else { throw BundleError(.damaged) }
      self.sender = sender
      header = describe(Array(sender.encapsulatedKey)).encoded
      digest = WireProtocol.Digest(hashing: header)
    }

    mutating func seal(_ chunk: [UInt8], isLast: Bool) throws -> [UInt8] {
      guard let sealed = try? sender.seal(chunk, authenticating: authenticated(digest, isLast: isLast))
      else { throw BundleError(.inputOutput) }
      return Array(sealed)
    }
  }

  /// Opens chunks with the secret of the key that they are sealed to.
  struct Receiver {
    private let digest: WireProtocol.Digest
    private var receiver: HPKE.Recipient

    /// - Throws: `BundleError` `damaged` when nothing can be agreed with the key in the header.
    init(_ header: BundleHeader, encoded: [UInt8], secret: [UInt8]) throws {
      guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret),
        let receiver = try? HPKE.Recipient(
          privateKey: key, ciphersuite: suite, info: Data(header.sealingInfo),
          encapsulatedKey: Data(header.encapsulatedKey))
      else { throw BundleError(.damaged, at: BundleFile.magic.count + 4) }
      self.receiver = receiver
      digest = WireProtocol.Digest(hashing: encoded)
    }

    /// `nil` when the chunk is not what was sealed in its place.
    mutating func open(_ chunk: [UInt8], isLast: Bool) -> [UInt8]? {
      (try? receiver.open(chunk, authenticating: authenticated(digest, isLast: isLast))).map { Array($0) }
    }
  }
}
