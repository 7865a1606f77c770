public import CRDT
import Storage

/// What the numbers of lists meant when they were shown last: a person types a number that she saw, and what
/// came in since may have moved it.
extension Replica {
  /// No command takes a number of more digits than this one has.
  private static let numbersMax = 999
  /// How what is kept is written: this byte, and then 16 for each record.
  private static let numbersFormat: UInt8 = 1

  /// The records that the numbers 1, 2 … of a list meant; `nil` when it was never shown.
  ///
  /// - Throws: `ReplicaError`.
  public func numbers(of list: String) throws -> [Identifier]? {
    try attempt {
      guard let kept = try store.marker("numbers." + list), kept.first == Self.numbersFormat else {
        return nil
      }
      return stride(from: 1, to: kept.count, by: 16).compactMap { start in
        Identifier(bytes: kept.dropFirst(start).prefix(16))
      }
    }
  }

  /// Keeps what the numbers of a list mean that is about to be shown.
  ///
  /// - Throws: `ReplicaError`, and then what was kept before is kept still.
  public func keep(numbers: [Identifier], of list: String) throws {
    try attempt {
      let name = "numbers." + list
      let bytes = [Self.numbersFormat] + numbers.prefix(Self.numbersMax).flatMap(\.bytes)
      // Most lists are shown as they were.
      if try store.marker(name) != bytes { try store.setMarker(name, to: bytes) }
    }
  }
}
