public import WireProtocol

/// Reads a bundle from its beginning to its end, one message at a time.
public final class BundleReader {
  /// The header.
  public let header: BundleHeader
  /// The header as it stands in the file.
  public let encodedHeader: [UInt8]
  /// The size of the file, in bytes.
  public let fileBytes: Int
  /// How many bytes of the file were read.
  public private(set) var offset: Int

  private let input: FileInput
  private var receiver: BundleSeal.Receiver?
  /// The chunk that was read ahead, so that it is known which is the last.
  private var next: [UInt8] = []
  private var content = BundleContent()
  private var isAtEnd = false

  /// Opens a file and reads its header.
  ///
  /// - Throws: `BundleError`: `missing`, `notAccessible`, `foreignFile`, `newerVersion`, `damaged`.
  public init(path: String) throws {
    input = try BundleError.translating { try FileInput(path: path) }
    fileBytes = PrivateFiles.byteCount(path)
    let magic = try BundleError.translating { [input] in try input.read(BundleFile.magic.count) }
    guard magic == BundleFile.magic else { throw BundleError(.foreignFile) }
    let told = try BundleError.translating { [input] in try input.read(4) }
    let count = BundleFile.count(told)
    guard told.count == 4, count > 0, count <= Limits.bundleHeaderBytes else {
      throw BundleError(.damaged, at: BundleFile.magic.count)
    }
    encodedHeader = try BundleError.translating { [input] in try input.read(count) }
    offset = BundleFile.magic.count + 4 + encodedHeader.count
    guard encodedHeader.count == count else { throw BundleError(.damaged, at: offset) }
    do {
      header = try BundleHeader(encoded: encodedHeader)
    } catch let error as ProtocolError where error.code == .unsupported {
      throw BundleError(.newerVersion)
    } catch {
      throw BundleError(.damaged, at: BundleFile.magic.count + 4)
    }
  }

  /// Begins to open what is sealed.
  ///
  /// - Parameters:
  ///   - kind: which way the bundle must go.
  ///   - secret: the receiver's X25519 secret, 32 bytes.
  /// - Throws: `BundleError`: `wrongKind`, `damaged`, `inputOutput`.
  public func open(_ kind: BundleHeader.Kind, secret: [UInt8]) throws {
    guard header.kind == kind else { throw BundleError(.wrongKind) }
    receiver = try BundleSeal.Receiver(header, encoded: encodedHeader, secret: secret)
    next = try readChunk()
  }

  /// The next message; `nil` after the last.
  ///
  /// - Throws: `BundleError`: `damaged` with the place where it begins, `inputOutput`.
  public func nextMessage() throws -> [UInt8]? {
    let place = offset
    while true {
      do {
        if let message = try content.next() { return message }
      } catch {
        throw BundleError(.damaged, at: place)
      }
      guard !isAtEnd else {
        guard content.isEmpty else { throw BundleError(.damaged, at: place) }
        return nil
      }
      content.append(try openChunk())
    }
  }

  private func openChunk() throws -> [UInt8] {
    let sealed = next
    next = sealed.count == BundleFile.sealedChunkBytes ? try readChunk() : []
    isAtEnd = next.isEmpty
    guard let chunk = receiver?.open(sealed, isLast: isAtEnd) else {
      throw BundleError(.damaged, at: offset)
    }
    offset += sealed.count
    return chunk
  }

  private func readChunk() throws -> [UInt8] {
    try BundleError.translating { try input.read(BundleFile.sealedChunkBytes) }
  }
}
