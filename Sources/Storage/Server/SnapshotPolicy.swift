import WireProtocol

/// When a record's snapshot is written anew: rarely enough that writing it costs O(1) a change, often enough
/// that reading the record costs no more than a fraction of its size.
enum SnapshotPolicy {
  /// A tail shorter than this never makes a snapshot.
  static let tailChangesMin = 32
  /// A tail of this part of the live operations does.
  static let tailFraction = 4

  static func isDue(tail: Int, _ snapshot: RecordSnapshot) -> Bool {
    guard tail >= tailChangesMin else { return false }
    let live = snapshot.state.fields.values.reduce(0) { $0 + $1.count }
    // A run of characters is written in an eighth of the bytes of a value.
    let runs = snapshot.state.texts.values.reduce(0) { $0 + $1.spanCount } / 8
    return tail >= (live + runs) / tailFraction
  }
}
