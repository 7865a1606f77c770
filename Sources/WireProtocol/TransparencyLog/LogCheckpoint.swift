public import CRDT

/// How a log of knowing stands at a time, as its tenant signs it: who keeps one can tell whether the log was
/// only appended to since.
public struct LogCheckpoint: Hashable, Sendable {
  /// The tenant.
  public let tenant: Identifier
  /// Which of its two logs.
  public let kind: LogKind
  /// The log: random, given when it begins.
  public let log: Identifier
  /// How many rows it has.
  public let size: UInt64
  /// The root of the tree over them.
  public let root: Digest
  /// When it was signed by the server's clock, in milliseconds since 1970.
  public let signedAt: Int64

  /// Describes how a log stands.
  public init(
    tenant: Identifier, kind: LogKind, log: Identifier, size: UInt64, root: Digest, signedAt: Int64
  ) {
    self.tenant = tenant
    self.kind = kind
    self.log = log
    self.size = size
    self.root = root
    self.signedAt = signedAt
  }

  /// Whether this is the same log, and everything that stood in it at an older checkpoint stands there still,
  /// at its place. Times do not count: a clock may have been set.
  ///
  /// - Complexity: O(log n)
  public func isConsistent(with older: LogCheckpoint, proof: ConsistencyProof) -> Bool {
    isSameLog(as: older) && proof.first == older.size && proof.second == size
      && proof.isValid(from: older.root, to: root)
  }

  /// Whether both speak of one log.
  public func isSameLog(as other: LogCheckpoint) -> Bool {
    tenant == other.tenant && kind == other.kind && log == other.log
  }

  /// Whether a row stands at its place in the log.
  ///
  /// - Complexity: O(log n)
  public func contains(_ row: LogRow, proof: InclusionProof) -> Bool {
    proof.size == size && proof.isValid(leaf: row.leafHash(in: kind), root: root)
  }

  /// Whether it is no older than two periods of signing, nor later than one, at the server's time as one
  /// knows it. A server that shows an old checkpoint again hides what came since.
  ///
  /// - Parameter time: milliseconds since 1970.
  public func isFresh(at time: Int64) -> Bool {
    let (age, overflow) = time.subtractingReportingOverflow(signedAt)
    let period = Limits.checkpointSeconds * 1_000
    return !overflow && age <= 2 * period && age >= -period
  }
}

extension LogCheckpoint {
  /// The one encoding, which is signed in the context `kos.log-checkpoint.v1`.
  public var encoded: [UInt8] {
    var writer = ProtobufWriter(capacity: 96)
    writer.field(1, identifier: tenant)
    writer.field(2, unsigned: UInt64(kind.rawValue))
    writer.field(3, identifier: log)
    writer.field(4, unsigned: size)
    writer.field(5, bytes: root.bytes)
    writer.field(6, signed: signedAt)
    return writer.bytes
  }

  /// Reads an encoding.
  ///
  /// - Throws: `ProtocolError`: `UNSUPPORTED` for a log or a field of a later version, `MALFORMED`.
  public init(encoded bytes: [UInt8]) throws {
    self = try ProtobufReader.read(bytes) { try LogCheckpoint(from: &$0) }
    guard encoded == bytes else { throw ProtocolError.malformed }
  }

  private init(from reader: inout ProtobufReader) throws {
    var (tenant, log): (Identifier?, Identifier?)
    var (kind, size): (UInt64, UInt64) = (0, 0)
    var root: Digest?
    var signedAt: Int64 = 0
    while let (field, type) = try reader.nextField() {
      switch field {
      case 1: tenant = try reader.identifier(type)
      case 2: kind = try reader.unsigned(type)
      case 3: log = try reader.identifier(type)
      case 4: size = try reader.unsigned(type)
      case 5: root = try reader.digest(type)
      case 6: signedAt = try reader.signed(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let tenant, let log, let root, kind > 0, size <= Limits.logRows,
      size > 0 || root == MerkleTree.emptyRoot
    else { throw ProtocolError.malformed }
    guard let kind = UInt8(exactly: kind).flatMap(LogKind.init) else { throw ProtocolError(.unsupported) }
    self.init(tenant: tenant, kind: kind, log: log, size: size, root: root, signedAt: signedAt)
  }
}
