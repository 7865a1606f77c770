/// Counts the connections of each address that are not authenticated.
struct AddressCensus {
  private let limit: Int
  private let exceptions: [ServerConfiguration.NetworkLimit]
  private var counts: [NetworkPrefix: Int] = [:]

  init(limit: Int, exceptions: [ServerConfiguration.NetworkLimit]) {
    self.limit = limit
    self.exceptions = exceptions
  }

  /// Addresses that are counted now.
  var addressCount: Int { counts.count }

  /// Whether one more of this address may come.
  ///
  /// - Complexity: O(n) in the number of networks with a limit of their own.
  func admits(_ address: PeerAddress) -> Bool {
    let exception = exceptions.first { $0.network.contains(address) }
    let max = exception?.unauthenticatedConnectionsPerAddress ?? limit
    return counts[.counted(address), default: 0] < max
  }

  /// One more of this address.
  mutating func enter(_ address: PeerAddress) {
    counts[.counted(address), default: 0] += 1
  }

  /// One fewer: it was authenticated, or it is gone. Call once for each `enter`.
  mutating func leave(_ address: PeerAddress) {
    let key = NetworkPrefix.counted(address)
    let count = counts[key, default: 0] - 1
    counts[key] = count > 0 ? count : nil
  }
}
