import CRDT

/// Stamps of one entry as bytes, for the rare entry whose changes do not stand side by side in the log.
enum SealCoding {
  private static let sealBytes = 40

  static func encode(_ seals: [Seal]) -> [UInt8] {
    seals.flatMap { seal in
      seal.epoch.bytes + Identifier(high: seal.sealedPosition, low: 0).bytes.prefix(8) + seal.mac.bytes
    }
  }

  static func decode(_ bytes: [UInt8]) throws -> [Seal] {
    guard bytes.count.isMultiple(of: sealBytes) else { throw StorageError(.damaged) }
    return try stride(from: 0, to: bytes.count, by: sealBytes).map { start in
      guard let epoch = Identifier(bytes: bytes[start..<start + 16]),
        let position = Identifier(bytes: bytes[start + 16..<start + 24] + [0, 0, 0, 0, 0, 0, 0, 0]),
        let mac = Identifier(bytes: bytes[start + 24..<start + 40])
      else { throw StorageError(.damaged) }
      return Seal(epoch: epoch, sealedPosition: position.high, mac: mac)
    }
  }
}
