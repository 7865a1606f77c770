import Crypto
import CryptoExtras

/// Seals and opens the values of a client's store: AES-256-GCM-SIV (RFC 8452) under a key and an
/// authentication key that it derives for each value from the store's key and a random salt, its nonce. What
/// is authenticated beside a value is its place and the format.
///
/// The tag is made from content and place, and the ciphertext from the tag: where a virtual machine was
/// copied and its generator gives the same salts again, nobody learns more than whether the same content was
/// written to the same place. Lengths are not hidden.
///
/// Pure but for the salt, which is an argument.
public struct StoreSeal: Sendable {
  /// 96 bits that should not come twice.
  public typealias Salt = (high: UInt64, low: UInt32)

  private let keys: StoreKeys
  private let salt: @Sendable () -> Salt
  private let format: SealedValue.Format

  /// A seal under the newest of some keys, which opens what any of them sealed.
  ///
  /// - Parameter salt: draws a salt; the system's generator does without.
  public init(_ keys: StoreKeys, salt: @escaping @Sendable () -> Salt = StoreSeal.randomSalt) {
    self.init(keys, .sealed, salt: salt)
  }

  init(
    _ keys: StoreKeys, _ format: SealedValue.Format, salt: @escaping @Sendable () -> Salt = Self.randomSalt
  ) {
    self.keys = keys
    self.salt = salt
    self.format = format
  }

  /// A salt of the system's generator.
  public static let randomSalt: @Sendable () -> Salt = {
    var generator = SystemRandomNumberGenerator()
    return (generator.next(), UInt32(truncatingIfNeeded: generator.next()))
  }

  /// Seals a value for a place.
  ///
  /// - Complexity: O(bytes); about 2 µs and 1 ns a byte.
  func seal(_ value: [UInt8], at place: SealedPlace) throws -> SealedValue {
    let key = keys.current
    return try ValueCipher.seal(
      value, under: key.sealing, id: key.id, salt: salt(), format, at: place.encoded)
  }

  /// Opens what was sealed for a place.
  ///
  /// - Throws: `StorageError`: `foreignKey` when it was sealed under a key that is not here; `damaged` when
  ///   it is not what was sealed for this place.
  func open(_ value: SealedValue, at place: SealedPlace) throws -> [UInt8] {
    guard value.format == format else { throw StorageError(.damaged) }
    guard let key = keys.key(value.keyID) else { throw StorageError(.foreignKey) }
    return try ValueCipher.open(value, under: key.sealing, at: place.encoded)
  }

  /// What a value adds to the sum over the rows that are present.
  func term(of value: SealedValue) throws -> RowSum.Term {
    guard let key = keys.key(value.keyID) else { throw StorageError(.foreignKey) }
    var block = Array(value.tag)
    guard (try? AES.permute(&block, key: key.summing)) != nil else { throw StorageError(.database) }
    return RowSum.Term(block.reduce(0) { $0 << 8 | UInt128($1) })
  }

  /// The bytes that name the newest key in what is sealed under it.
  var currentKeyID: [UInt8] { withUnsafeBytes(of: keys.current.id.bigEndian) { Array($0) } }
}
