import WireProtocol

/// Asking page by page for what waits for this person's decision.
struct QuarantineListing: Sendable {
  /// What came so far.
  private(set) var entries: [ReceivedQuarantine] = []
  private let number: UInt64

  /// - Parameter number: names the request.
  init(_ number: UInt64) { self.number = number }

  /// What is asked next.
  var request: WireQuarantineRequest {
    .with {
      $0.request = number
      if let last = entries.last { $0.after = last.name.message }
    }
  }

  /// Takes in a page.
  ///
  /// - Returns: whether it was the last one.
  /// - Throws: `ProtocolError`: `UNEXPECTED` for a page that was not asked for, or does not go on.
  mutating func receive(_ page: WireQuarantine) throws -> Bool {
    guard page.request == number else { throw ProtocolError(.unexpected) }
    for message in page.entries {
      let entry = try ReceivedQuarantine(message)
      if let last = entries.last, entry.name <= last.name { throw ProtocolError(.unexpected) }
      entries.append(entry)
    }
    guard page.complete || !page.entries.isEmpty else { throw ProtocolError(.unexpected) }
    return page.complete
  }
}
