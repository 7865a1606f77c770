/// What is wrong with the rows of a log.
public enum AuditFinding: Hashable, Sendable {
  /// The row at this place is not the one that stands in the tree.
  case alteredRow(UInt64)
  /// The root that was signed at the end of these places is not that of the rows: among them, one or more
  /// were edited, removed, added or put elsewhere, and the tree was made anew.
  case alteredRows(Range<UInt64>)
  /// A checkpoint was signed over rows that are not there.
  case missingRows(Range<UInt64>)
}
