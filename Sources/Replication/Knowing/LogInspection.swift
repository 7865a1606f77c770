import CRDT
public import WireProtocol

/// Reads all of both logs page by page, works out each leaf, and compares the root at each checkpoint that
/// this device or the server keeps (`Protocol/knowing.md`, section 6, "All of a log").
///
/// However long the logs are it holds no rows, and beside what the device keeps only the checkpoints of one
/// page, which are of sizes that the page reaches. Whoever gets the rows says when the next page is to be
/// asked for.
public struct LogInspection: Sendable {
  /// What is wrong with a log.
  public enum Fault: Hashable, Sendable {
    /// The rows are not what was signed.
    case rows(AuditFinding)
    /// What the server keeps as a checkpoint of this size is none of the tenant's.
    case checkpoint(UInt64)
  }

  /// Rows that follow one another.
  public struct Page: Hashable, Sendable {
    /// Of which log.
    public let kind: LogKind
    /// The first one's place.
    public let first: UInt64
    /// The rows, as far as they are there and can be read.
    public let rows: [LogRow?]
    /// How many rows of both logs are read when this page is.
    public let read: UInt64
    /// And how many there are.
    public let total: UInt64
  }

  /// What is to be said of a log that was read.
  public struct Result: Hashable, Sendable {
    /// Up to where it was read.
    public let signed: SignedCheckpoint
    /// The first things that are wrong, in the order of their places; at most `faultsMax`.
    public internal(set) var faults: [Fault] = []
    /// How many there are.
    public internal(set) var faultCount = 0
    /// How many roots were compared.
    public internal(set) var checkpoints = 0
    /// How many rows were read.
    public internal(set) var read: UInt64 = 0
    /// How many rows fill the log up.
    public internal(set) var padding: UInt64 = 0
    /// How many rows do not say any more what they were about.
    public internal(set) var blinded: UInt64 = 0
    /// How many rows from the first one on are as they were signed: up to the last checkpoint that held
    /// before the first fault of a row.
    public internal(set) var proven: UInt64 = 0
  }

  /// How the reading stands: what was found is told however it ends.
  public struct Standing: Hashable, Sendable {
    /// What is to be said of the logs, as far as they were read.
    public let results: [Result]
    /// The logs that the server leaves out, though it shows another one. There is always one of each: whoever
    /// leaves one out does not want it to be read.
    public let notShown: [LogKind]
  }

  /// How many things that are wrong with a log are told.
  public static let faultsMax = 100

  fileprivate struct Reading: Sendable {
    var result: Result
    var audit: LogAudit
  }

  private let key: VerifyingKey
  private let total: UInt64
  private let notShown: [LogKind]
  private var waiting: [Reading]
  private var number: UInt64 = 0
  private var isAsked = false
  private var idleTicks = 0
  /// The logs that were read.
  public private(set) var results: [Result] = []

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - newest: of each log the checkpoint up to which it is read, signed by the tenant.
  ///   - kept: what is kept beside, of any log.
  public init(upTo newest: [SignedCheckpoint], kept: [SignedCheckpoint], key: VerifyingKey) {
    self.key = key
    total = newest.reduce(0) { $0 + $1.checkpoint.size }
    let shown = Set(newest.map(\.checkpoint.kind))
    notShown = LogKind.allCases.filter { !shown.contains($0) }
    waiting =
      newest.map { signed in
        let known = (kept + [signed]).filter {
          $0.checkpoint.isSameLog(as: signed.checkpoint) && $0.isSigned(by: key)
        }
        let checkpoints = Array(Set(known.map(\.checkpoint)))
        return Reading(
          result: Result(signed: signed, checkpoints: checkpoints.count),
          audit: LogAudit(checkpoints: checkpoints))
      }.reversed()
  }

  /// What is to be said so far.
  public var standing: Standing {
    let begun = waiting.suffix(1).filter { $0.audit.size > 0 }.map(\.told)
    return Standing(results: results + begun, notShown: notShown)
  }

  /// Whether no answer is waited for.
  public var isIdle: Bool { !isAsked }

  /// The next question; `nil` when all is read, or an answer is waited for.
  public mutating func request() -> WireLogRequest? {
    guard !isAsked else { return nil }
    while let reading = waiting.last {
      let (read, size) = (reading.audit.size, reading.result.signed.checkpoint.size)
      guard read < size else {
        finish()
        continue
      }
      number += 1
      (isAsked, idleTicks) = (true, 0)
      return .with {
        $0.request = number
        $0.log = UInt32(reading.result.signed.checkpoint.kind.rawValue)
        $0.from = read
        $0.size = size
      }
    }
    return nil
  }

  /// Takes in a page.
  ///
  /// - Throws: `ProtocolError`: `NOT_AVAILABLE` for whoever may not read the logs, `MALFORMED` and
  ///   `LIMIT_EXCEEDED` for what is no page.
  public mutating func receive(_ page: WireLogPage) throws -> Page {
    guard isAsked, page.request == number, var reading = waiting.popLast() else {
      throw ProtocolError.malformed
    }
    isAsked = false
    guard page.code == 0 else { throw ProtocolError(ErrorCode(rawValue: page.code)) }
    let checkpoint = reading.result.signed.checkpoint
    let first = reading.audit.size
    guard page.rows.count <= Limits.logPageRows, page.checkpoints.count <= Limits.logPageRows else {
      throw ProtocolError(.limitExceeded)
    }
    guard !page.rows.isEmpty, UInt64(page.rows.count) <= checkpoint.size - first else {
      throw ProtocolError.malformed
    }
    let reached = first + 1...first + UInt64(page.rows.count)
    for told in page.checkpoints { try reading.expect(told, of: reached, key) }
    let rows = try page.rows.map { try reading.add($0) }
    waiting.append(reading)
    let read = results.reduce(reading.audit.size) { $0 + $1.signed.checkpoint.size }
    return Page(kind: checkpoint.kind, first: first, rows: rows, read: read, total: total)
  }

  /// Something came in: the answer may stand behind more.
  public mutating func heard() { idleTicks = 0 }

  private mutating func finish() {
    guard var reading = waiting.popLast() else { return }
    reading.note(reading.audit.finish())
    results.append(reading.told)
  }

  /// Some seconds have passed.
  ///
  /// - Returns: whether the connection is to be given up: no answer comes.
  public mutating func tick() -> Bool {
    idleTicks = isIdle ? 0 : idleTicks + 1
    return idleTicks > ReplicaMachine.idleTicksMax
  }
}

extension LogInspection.Reading {
  /// What is to be said of the log, as far as it was read.
  fileprivate var told: LogInspection.Result {
    var told = result
    (told.read, told.proven) = (audit.size, audit.provenRows)
    return told
  }

  /// A checkpoint that the server keeps. One that is not the tenant's was put there.
  ///
  /// - Parameter sizes: those that the page reaches. Others would wait for their rows, without end where the
  ///   server sends more and more of them.
  fileprivate mutating func expect(
    _ told: WireSignedCheckpoint, of sizes: ClosedRange<UInt64>, _ key: VerifyingKey
  ) throws {
    let signed = try? SignedCheckpoint(body: Array(told.body), signature: Array(told.signature))
    guard let signed, signed.isSigned(by: key), signed.checkpoint.isSameLog(as: result.signed.checkpoint)
    else { return note(.checkpoint(signed?.checkpoint.size ?? audit.size)) }
    guard sizes.contains(signed.checkpoint.size) || signed == result.signed else {
      throw ProtocolError.malformed
    }
    if audit.expect(signed.checkpoint) { result.checkpoints += 1 }
  }

  /// A row that cannot be read, or is gone, is one that was altered.
  fileprivate mutating func add(_ told: WireLoggedRow) throws -> LogRow? {
    let kind = result.signed.checkpoint.kind
    let leaf = told.leaf.isEmpty ? nil : Digest(bytes: told.leaf)
    guard leaf != nil || told.leaf.isEmpty else { throw ProtocolError.malformed }
    let row = told.row.isEmpty ? nil : try? LogRow(encoded: Array(told.row))
    switch row {
    case .padding: result.padding += 1
    case .entry(_, _, .blinded), .withheld: result.blinded += 1
    case .entry, nil: break
    }
    note(audit.add(leaf: row?.leafHash(in: kind), stored: leaf))
    return row
  }

  fileprivate mutating func note(_ findings: [AuditFinding]) { for one in findings { note(.rows(one)) } }

  private mutating func note(_ fault: LogInspection.Fault) {
    result.faultCount += 1
    if result.faults.count < LogInspection.faultsMax { result.faults.append(fault) }
  }
}
