import CZlib

/// Compressed sections (zlib, RFC 1950), each sent with the size of its content.
enum Compression {
  /// Below this size, in bytes, little is gained.
  private static let worthwhileBytes = 256

  /// What counts for more.
  enum Effort {
    /// What is written once and kept.
    case small
    /// What is sent once.
    case fast
  }

  /// The bytes compressed; `nil` when that would not make them smaller.
  static func deflate(_ bytes: [UInt8], _ effort: Effort = .small) -> [UInt8]? {
    guard bytes.count >= worthwhileBytes else { return nil }
    let level = effort == .small ? Z_DEFAULT_COMPRESSION : Z_BEST_SPEED
    let deflated = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      var size = uLongf(buffer.count)
      let status = compress2(buffer.baseAddress, &size, bytes, uLong(bytes.count), level)
      count = status == Z_OK ? Int(size) : 0
    }
    return deflated.isEmpty || deflated.count + 8 >= bytes.count ? nil : deflated
  }

  /// The content of a compressed section.
  ///
  /// - Throws: `ProtocolError`: `LIMIT_EXCEEDED` when the size told is beyond `limit`, before anything is
  ///   allocated; `MALFORMED` when the section is not one, or has more or less content than was told.
  static func inflate(_ section: UnsafeRawBufferPointer, to told: UInt64, limit: Int) throws -> [UInt8] {
    guard told <= UInt64(limit) else { throw ProtocolError(.limitExceeded) }
    // Nothing compresses to less than a thousandth.
    guard told > 0, told / 1_100 <= UInt64(section.count) else { throw ProtocolError.malformed }
    var isWhole = false
    let content = [UInt8](unsafeUninitializedCapacity: Int(told)) { buffer, count in
      var size = uLongf(buffer.count)
      var used = uLong(section.count)
      let source = section.bindMemory(to: UInt8.self).baseAddress
      let status = uncompress2(buffer.baseAddress, &size, source, &used)
      isWhole = status == Z_OK && size == uLongf(told) && used == uLong(section.count)
      count = isWhole ? Int(size) : 0
    }
    guard isWhole else { throw ProtocolError.malformed }
    return content
  }
}
