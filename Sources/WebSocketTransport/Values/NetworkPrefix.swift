/// A network in CIDR notation, such as `192.0.2.0/24` or `2001:db8::/32` (RFC 4632).
public struct NetworkPrefix: Hashable, Sendable {
  private let bytes: [UInt8]
  private let bitCount: Int

  /// A network from its text, or nil when the text is none. Bits behind the prefix are ignored.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = PeerAddress(String(first)) else { return nil }
    let width = address.bytes.count * 8
    guard parts.count == 2 else {
      self.init(bytes: address.bytes, bitCount: width)
      return
    }
    let digits = parts[1].utf8
    guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let bitCount = Int(parts[1]), bitCount <= width
    else { return nil }
    self.init(bytes: address.bytes, bitCount: bitCount)
  }

  private init(bytes: [UInt8], bitCount: Int) {
    self.bytes = Self.masked(bytes, to: bitCount)
    self.bitCount = bitCount
  }

  /// Whether the address lies in this network.
  public func contains(_ address: PeerAddress) -> Bool {
    address.bytes.count == bytes.count && Self.masked(address.bytes, to: bitCount) == bytes
  }

  /// The network that counts as one peer: an IPv4 address alone, of IPv6 the /64 that one subscriber is
  /// given, so that a peer cannot escape a cap by choosing another address of its own network.
  static func counted(_ address: PeerAddress) -> NetworkPrefix {
    NetworkPrefix(bytes: address.bytes, bitCount: address.bytes.count == 4 ? 32 : 64)
  }

  private static func masked(_ bytes: [UInt8], to bitCount: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let kept = min(max(bitCount - index * 8, 0), 8)
      return byte & ~(UInt8.max >> kept)
    }
  }
}
