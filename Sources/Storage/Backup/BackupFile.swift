import Crypto
import FoundationEssentials
import Glibc

/// The file of a backup: what it holds in clear, and a file of keys and a database sealed in chunks: the
/// tenant's, or those of the key database, which are backed up apart.
///
///     "KOSBAK1\n" ‖ length of the header, 4 bytes, big-endian ‖ header, JSON ‖ chunks
///
/// Each chunk is AES-256-GCM (ciphertext ‖ tag) under a key derived from a passphrase (scrypt, RFC 7914) for
/// this file alone, so that a counter serves as the nonce. What is authenticated beside it is the header, the
/// chunk's number, and whether it is the last: no file that was cut, changed or put together opens.
enum BackupFile {
  static let magic = Array("KOSBAK1\n".utf8)
  static let chunkBytes = 1 << 20
  private static let headerBytesMax = 65_536

  /// What stands in clear.
  struct Header: Codable, Equatable {
    /// What is in it.
    var format = Kind.tenant.rawValue
    var version = 1
    /// When it was made, in milliseconds since 1970.
    let createdAt: Int64
    /// The log's last position; how many keys there are in a backup of keys.
    let position: UInt64
    /// The size of the database, in bytes.
    let databaseBytes: Int
    /// The size of the file with keys, in bytes.
    let keysBytes: Int
    let passphrase: PassphraseKey
    /// How many days it is to be kept at most; of backups of keys alone.
    var keptDays: Int?
  }

  /// What a backup is of.
  enum Kind: String {
    case tenant = "kos-backup"
    case keys = "kos-keys-backup"
  }

  /// Takes in what is to be sealed and writes it.
  struct Writer {
    private let output: FileOutput
    private let key: SymmetricKey
    private let header: [UInt8]
    private var buffer: [UInt8] = []
    private var index: UInt64 = 0

    init(_ header: Header, key: SymmetricKey, to output: FileOutput) throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      guard let data = try? encoder.encode(header) else { throw StorageError(.database) }
      self.header = Array(data)
      self.key = key
      self.output = output
      let count = UInt32(self.header.count)
      try output.write(
        magic + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + self.header)
    }

    mutating func append(_ bytes: [UInt8]) throws {
      buffer += bytes
      // The last chunk is sealed as such: one always waits.
      while buffer.count > chunkBytes {
        try seal(Array(buffer.prefix(chunkBytes)), isLast: false)
        buffer.removeFirst(chunkBytes)
      }
    }

    mutating func finish() throws {
      try seal(buffer, isLast: true)
      buffer = []
    }

    private mutating func seal(_ chunk: [UInt8], isLast: Bool) throws {
      guard let nonce = try? AES.GCM.Nonce(data: BackupFile.nonce(index)),
        let box = try? AES.GCM.seal(
          chunk, using: key, nonce: nonce, authenticating: authenticated(header, index, isLast))
      else { throw StorageError(.database) }
      try output.write(Array(box.ciphertext) + Array(box.tag))
      index += 1
    }
  }

  /// Reads a header.
  ///
  /// - Throws: `foreignFile` for what is no backup, or one of something else, `newerSchema` for one of a
  ///   later version, `damaged`.
  static func header(
    _ input: FileInput, of kind: Kind = .tenant
  ) throws -> (header: Header, bytes: [UInt8]) {
    guard try input.read(magic.count) == magic else { throw StorageError(.foreignFile) }
    let count = try input.read(4).reduce(0) { $0 << 8 | Int($1) }
    guard count > 0, count <= headerBytesMax else { throw StorageError(.damaged) }
    let bytes = try input.read(count)
    guard bytes.count == count, let header = try? JSONDecoder().decode(Header.self, from: Data(bytes)),
      let found = Kind(rawValue: header.format)
    else { throw StorageError(.damaged) }
    guard found == kind else { throw StorageError(.foreignFile) }
    guard header.version == 1 else { throw StorageError(.newerSchema) }
    guard header.keysBytes > 0, header.keysBytes <= headerBytesMax, header.databaseBytes > 0 else {
      throw StorageError(.damaged)
    }
    return (header, bytes)
  }

  /// Opens the chunks one after the other.
  ///
  /// - Throws: `wrongPassphrase` when the first does not open, `damaged` when a later one does not.
  static func open(
    _ input: FileInput, _ header: [UInt8], key: SymmetricKey, _ body: ([UInt8]) throws -> Void
  ) throws {
    var index: UInt64 = 0
    var sealed = try input.read(chunkBytes + 16)
    while true {
      let next = sealed.count == chunkBytes + 16 ? try input.read(chunkBytes + 16) : []
      guard sealed.count >= 16, let nonce = try? AES.GCM.Nonce(data: nonce(index)),
        let box = try? AES.GCM.SealedBox(
          nonce: nonce, ciphertext: sealed.dropLast(16), tag: sealed.suffix(16)),
        let chunk = try? AES.GCM.open(
          box, using: key, authenticating: authenticated(header, index, next.isEmpty))
      else { throw StorageError(index == 0 ? .wrongPassphrase : .damaged) }
      try body(Array(chunk))
      if next.isEmpty { return }
      sealed = next
      index += 1
    }
  }

  private static func nonce(_ index: UInt64) -> [UInt8] {
    [0, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: index >> (56 - 8 * UInt64($0))) }
  }

  private static func authenticated(_ header: [UInt8], _ index: UInt64, _ isLast: Bool) -> [UInt8] {
    Array("kos.backup.v1\u{0}".utf8) + Array(SHA256.hash(data: header)) + nonce(index) + [isLast ? 1 : 0]
  }
}
