import CRDT
import WireProtocol

/// What the server says of each change of a segment, in order: its verdict, place, time, seal and digest.
enum StampCoding {
  /// What is said of one change.
  struct Stamp: Hashable {
    let position: UInt64
    let receivedAt: Int64
    let isAccepted: Bool
    /// Whether the change's payload was erased after it was accepted.
    let isErased: Bool
    let sealedPosition: UInt64
    let mac: Identifier
    let digest: Digest
  }

  /// A change without numbers: flags, sealed position, MAC, digest.
  private static let fixedBytes = 1 + 8 + 16 + 32
  private static let acceptedFlag: UInt8 = 1
  private static let erasedFlag: UInt8 = 2

  static func encode(_ stamps: [Stamp]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(stamps.count * (fixedBytes + 4))
    var position: UInt64 = 0
    var receivedAt: Int64 = 0
    for stamp in stamps {
      bytes.append((stamp.isAccepted ? acceptedFlag : 0) | (stamp.isErased ? erasedFlag : 0))
      VarintCoding.append(stamp.position &- position, to: &bytes)
      VarintCoding.append(VarintCoding.zigzag(stamp.receivedAt &- receivedAt), to: &bytes)
      let sealed = Identifier(high: stamp.sealedPosition, low: 0)
      bytes += sealed.bytes.prefix(8)
      bytes += stamp.mac.bytes
      stamp.digest.withUnsafeBytes { bytes.append(contentsOf: $0) }
      (position, receivedAt) = (stamp.position, stamp.receivedAt)
    }
    return bytes
  }

  /// - Throws: `damaged` when the bytes are not what `encode` gives.
  static func decode(_ bytes: [UInt8]) throws -> [Stamp] {
    var rest = bytes[...]
    var stamps: [Stamp] = []
    stamps.reserveCapacity(bytes.count / fixedBytes)
    while let flags = rest.popFirst() {
      guard flags & ~(acceptedFlag | erasedFlag) == 0, flags != erasedFlag else { throw StorageError(.damaged) }
      let position = (stamps.last?.position ?? 0) &+ (try VarintCoding.read(&rest))
      let receivedAt =
        (stamps.last?.receivedAt ?? 0) &+ VarintCoding.signed(try VarintCoding.read(&rest))
      guard rest.count >= fixedBytes - 1,
        let sealed = Identifier(bytes: rest.prefix(8) + [0, 0, 0, 0, 0, 0, 0, 0]),
        let mac = Identifier(bytes: rest.dropFirst(8).prefix(16)),
        let digest = Digest(bytes: rest.dropFirst(24).prefix(32))
      else { throw StorageError(.damaged) }
      rest = rest.dropFirst(fixedBytes - 1)
      stamps.append(
        Stamp(
          position: position, receivedAt: receivedAt, isAccepted: flags & acceptedFlag != 0,
          isErased: flags & erasedFlag != 0, sealedPosition: sealed.high, mac: mac, digest: digest))
    }
    return stamps
  }
}
