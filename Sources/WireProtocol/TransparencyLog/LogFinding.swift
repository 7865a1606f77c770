/// What is wrong with a checkpoint beside one that is known. None of them may pass in silence: a client says
/// it to its person and keeps both checkpoints.
public enum LogFinding: Error, Hashable, Sendable {
  /// It is another tenant's, or the other log's.
  case otherLog
  /// The signature is not the tenant's.
  case badSignature
  /// The tenant began another log, and the one that is known is not gone on with. After the loss of its
  /// ledger a server has to, and then a leader has said so; otherwise rows were to be let go of.
  case replaced
  /// The log has fewer rows than it had.
  case rolledBack
  /// One size with two roots.
  case splitView(SplitView)
  /// That the log was only appended to is not shown: without a proof, or with one that does not hold. A row
  /// was edited, removed or put elsewhere, or the server shows two histories; unlike with two roots of one
  /// size, nobody else can be convinced of it by the checkpoints alone.
  case unproven
  /// A row that this device pushed, and that the server said it had, does not stand in the log.
  case rowDropped
}

extension LogFinding {
  /// What it is called where it is kept and told. Codes are never renamed.
  public var code: String {
    switch self {
    case .otherLog: "other_log"
    case .badSignature: "bad_signature"
    case .replaced: "replaced"
    case .rolledBack: "rolled_back"
    case .splitView: "split_view"
    case .unproven: "unproven"
    case .rowDropped: "row_dropped"
    }
  }
}
