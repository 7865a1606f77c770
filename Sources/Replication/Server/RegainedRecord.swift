/// That somebody began to read a record by the time alone: a device that was away then has not been sent it.
struct RegainedRecord {
  /// From when on she reads it without a break, in milliseconds since 1970.
  let since: Int64
  /// The position at which it was created.
  let createdAt: UInt64

  /// Whether a cursor may have passed it over.
  func wasPassedOver(by position: UInt64, givenAt: Int64) -> Bool {
    givenAt < since && createdAt <= position
  }
}
