public import WireProtocol

/// The file of a bundle.
///
///     "KOSBND1\n" ‖ length of the header, 4 bytes, big-endian ‖ header ‖ sealed chunks
///
/// The content is a sequence of messages, each with its length in front (4 bytes, big-endian). It is sealed
/// in chunks of `bundle_chunk_bytes`, the last one shorter: whatever the size of the file, one chunk and one
/// message of it are in memory.
enum BundleFile {
  static let magic = Array("KOSBND1\n".utf8)
  static let sealedChunkBytes = Limits.bundleChunkBytes + BundleSeal.tagBytes

  static func bigEndian(_ count: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: UInt32(truncatingIfNeeded: count) >> (24 - 8 * UInt32($0))) }
  }

  static func count(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}

/// Writes a bundle: under another name until it is whole and on the disk, for its owner alone (mode 0600).
public final class BundleWriter {
  /// The header as it stands in the file.
  public var header: [UInt8] { sender.header }

  private let path: String
  private let temporary: String
  private let output: FileOutput
  private var sender: BundleSeal.Sender
  private var buffer: [UInt8] = []
  private var isFinished = false

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - path: the file to make; there must be none.
  ///   - key: the receiver's X25519 public key.
  ///   - describe: makes the header with the encapsulated key.
  /// - Throws: `BundleError`: `exists`, `notAccessible`, `diskFull`, `inputOutput`.
  public init(
    path: String, sealedTo key: [UInt8], _ describe: (_ encapsulatedKey: [UInt8]) -> BundleHeader
  ) throws {
    guard !PrivateFiles.exists(path) else { throw BundleError(.exists) }
    self.path = path
    temporary = path + ".kos-part"
    sender = try BundleSeal.Sender(to: key, describe)
    PrivateFiles.remove(temporary)
    output = try BundleError.translating { try FileOutput(path: path + ".kos-part") }
    do {
      try output.write(BundleFile.magic + BundleFile.bigEndian(sender.header.count) + sender.header)
    } catch {
      PrivateFiles.remove(temporary)
      throw error
    }
  }

  deinit { if !isFinished { PrivateFiles.remove(temporary) } }

  /// Adds a message.
  public func append(_ message: [UInt8]) throws {
    precondition(!message.isEmpty && message.count <= Limits.messageBytes, "a message of another size")
    buffer += BundleContent.framed(message)
    // The last chunk is sealed as such: one always waits.
    while buffer.count > Limits.bundleChunkBytes {
      try write(Array(buffer.prefix(Limits.bundleChunkBytes)), isLast: false)
      buffer.removeFirst(Limits.bundleChunkBytes)
    }
  }

  /// Gives the file its name, once the disk has it whole.
  ///
  /// - Returns: its size, in bytes.
  public func finish() throws -> Int {
    try write(buffer, isLast: true)
    return try BundleError.translating {
      try output.finish()
      try PrivateFiles.name(temporary, as: path)
      isFinished = true
      return PrivateFiles.byteCount(path)
    }
  }

  private func write(_ chunk: [UInt8], isLast: Bool) throws {
    let sealed = try sender.seal(chunk, isLast: isLast)
    try BundleError.translating { try output.write(sealed) }
  }
}
