import Crypto
import WireProtocol

/// What opens a device's key file when nothing else does: 144 random bits that a person writes down when the
/// device is enrolled. It is shown once and stored nowhere.
public struct RecoveryCode: Hashable, Sendable {
  private static let byteCount = 18
  /// How many characters one has, the last a check.
  private static let symbolCount = 30

  private let bytes: [UInt8]

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// A code drawn from the system's generator.
  public static func generated() -> RecoveryCode {
    RecoveryCode(
      bytes: SymmetricKey(size: SymmetricKeySize(bitCount: byteCount * 8)).withUnsafeBytes { Array($0) })
  }

  /// The key that wraps the secrets. There is too much to guess in a code to make guessing slow.
  var key: [UInt8] {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: bytes), info: Array("kos.recovery-key.v1".utf8),
      outputByteCount: 32
    ).withUnsafeBytes { Array($0) }
  }
}

extension RecoveryCode: LosslessStringConvertible {
  /// 30 characters of Crockford's base 32 (no I, L, O, U), the last a check, in groups of five.
  public var description: String {
    let symbols = Base32.encode(bytes)
    var text = ""
    for (offset, symbol) in (symbols + [Base32.check(symbols)]).enumerated() {
      if offset > 0, offset.isMultiple(of: 5) { text.append("-") }
      text.append(Character(UnicodeScalar(symbol)))
    }
    return text
  }

  /// Reads a code as a person may have typed it: any case, with or without dashes and spaces.
  public init?(_ description: String) {
    guard var symbols = Base32.normalised(description), symbols.count == Self.symbolCount,
      let check = symbols.popLast(), check == Base32.check(symbols),
      let bytes = Base32.decode(symbols), bytes.count == Self.byteCount
    else { return nil }
    self.init(bytes: bytes)
  }
}
