import Replication
import WireProtocol

/// What is to be said of a log of which every row was to be read.
public struct AuditedLog: Hashable, Sendable {
  /// What is wrong, and where.
  public struct Fault: Hashable, Sendable {
    /// `altered_row`, `altered_rows`, `missing_rows`, `bad_checkpoint` or `not_shown`.
    public let code: String
    /// The first place that it may concern, from 0.
    public let first: UInt64
    /// The last one.
    public let last: UInt64
  }

  /// Which log.
  public let log: LogSummary.Name
  /// The checkpoint up to which it is read; `nil` where the server shows none.
  public let signed: LogSummary.Checkpoint?
  /// How many roots were compared.
  public let checkpoints: Int
  /// How many rows were read.
  public let read: UInt64
  /// How many rows fill the log up and tell of nobody.
  public let padding: UInt64
  /// How many rows do not say any more what they were about: their record was erased.
  public let blinded: UInt64
  /// How many rows from the first one on are as they were signed: up to the last checkpoint that held before
  /// the first fault of a row.
  public let proven: UInt64
  /// What is wrong, in the order of its places, at most a hundred things.
  public let faults: [Fault]
  /// How many things are wrong.
  public let faultCount: Int

  init(_ result: LogInspection.Result) {
    log = LogSummary.Name(result.signed.checkpoint.kind)
    signed = LogSummary.Checkpoint(result.signed)
    checkpoints = result.checkpoints
    read = result.read
    padding = result.padding
    blinded = result.blinded
    proven = result.proven
    faults = result.faults.map(Fault.init)
    faultCount = result.faultCount
  }

  /// A log that the server leaves out, though it shows the other one.
  init(notShown kind: LogKind) {
    log = LogSummary.Name(kind)
    signed = nil
    (checkpoints, faultCount) = (0, 1)
    (read, padding, blinded, proven) = (0, 0, 0, 0)
    faults = [Fault(code: "not_shown", first: 0, last: 0)]
  }
}

extension AuditedLog.Fault {
  fileprivate init(_ fault: LogInspection.Fault) {
    switch fault {
    case .rows(.alteredRow(let place)): self.init(code: "altered_row", first: place, last: place)
    case .rows(.alteredRows(let places)): self.init("altered_rows", places)
    case .rows(.missingRows(let places)): self.init("missing_rows", places)
    case .checkpoint(let size):
      let place = size > 0 ? size - 1 : 0
      self.init(code: "bad_checkpoint", first: place, last: place)
    }
  }

  private init(_ code: String, _ places: Range<UInt64>) {
    let last = places.isEmpty ? places.lowerBound : places.upperBound - 1
    self.init(code: code, first: places.lowerBound, last: last)
  }
}
