import Glibc

/// The network address of a peer. Personal data: its description never shows it.
public struct PeerAddress: Hashable, Sendable, CustomStringConvertible {
  /// The address in text, IPv4 also when it came mapped into IPv6. Not for logs.
  public let text: String

  /// The address in network byte order: 4 or 16 bytes.
  let bytes: [UInt8]

  /// An address from its text, or nil when it is none.
  public init?(_ text: String) {
    var v4 = in_addr()
    if inet_pton(AF_INET, text, &v4) == 1 {
      self.init(bytes: withUnsafeBytes(of: v4) { Array($0) })
      return
    }
    var v6 = in6_addr()
    guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
    self.init(bytes: withUnsafeBytes(of: v6) { Array($0) })
  }

  /// An address from 4 or 16 bytes in network order. An IPv4 address mapped into IPv6 (RFC 4291 section
  /// 2.5.5.2) becomes IPv4, so that a dual-stack listener counts and matches it as such.
  init?(bytes: [UInt8]) {
    let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
    let plain = bytes.count == 16 && bytes.starts(with: mappedPrefix) ? Array(bytes.suffix(4)) : bytes
    let family: Int32
    switch plain.count {
    case 4: family = AF_INET
    case 16: family = AF_INET6
    default: return nil
    }
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let rendered = plain.withUnsafeBytes {
      inet_ntop(family, $0.baseAddress, &buffer, socklen_t(INET6_ADDRSTRLEN)) != nil
    }
    guard rendered else { return nil }
    self.bytes = plain
    self.text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// An address from what `accept` filled in, or nil for a family other than IPv4 and IPv6.
  init?(_ storage: sockaddr_storage) {
    let bytes: [UInt8]? = withUnsafeBytes(of: storage) { raw in
      switch Int32(storage.ss_family) {
      case AF_INET:
        let offset = MemoryLayout<sockaddr_in>.offset(of: \.sin_addr) ?? 4
        return Array(raw[offset..<offset + 4])
      case AF_INET6:
        let offset = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8
        return Array(raw[offset..<offset + 16])
      default:
        return nil
      }
    }
    guard let bytes else { return nil }
    self.init(bytes: bytes)
  }

  /// Whether only this machine can reach it.
  public var isLoopback: Bool {
    bytes.count == 4 ? bytes.first == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
  }

  /// Always the same word: an address is personal data.
  public var description: String { "<peer address>" }
}
