import CLinux
import Glibc

/// The listening socket. It is ours and not the library's, because the library cannot close its own while the
/// process lives on, and turns in a loop when `accept` fails for want of a descriptor.
struct ListenSocket {
  /// What `accept` brought.
  enum Accepted {
    case connection(Int32, PeerAddress)
    /// Nobody waits.
    case none
    /// No descriptor or memory is left; try again later.
    case exhausted
  }

  /// Connections that wait to be accepted. 1,024: a whole house comes back after a restart at the same
  /// moment.
  private static let backlog: Int32 = 1024

  /// Belongs to the library once it is adopted.
  let descriptor: Int32

  /// The port that was taken.
  let port: Int

  /// - Throws: `cannotListen`.
  init(_ address: ListenAddress) throws(TransportError) {
    guard let made = Self.make(address) else {
      throw TransportError(.cannotListen, "the address or port cannot be used")
    }
    (descriptor, port) = made
  }

  private static func make(_ address: ListenAddress) -> (Int32, Int)? {
    let family = address.address.bytes.count == 4 ? AF_INET : AF_INET6
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(family, kind, 0)
    guard descriptor >= 0 else { return nil }
    // A port can be taken again while connections of the last process linger.
    set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
    // `::` is every address, IPv4 too; any other IPv6 address is that one alone.
    let isAny = address.address.bytes.allSatisfy { $0 == 0 }
    if family == AF_INET6 { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, isAny ? 0 : 1) }
    var (storage, length) = address.socketAddress
    let isListening = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, backlog) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isListening else {
      Glibc.close(descriptor)
      return nil
    }
    // The port stands at the same place for both families.
    let port = withUnsafeBytes(of: storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    return (descriptor, Int(port))
  }

  /// Takes one connection.
  func accept() -> Accepted {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    while true {
      let accepted = withUnsafeMutablePointer(to: &storage) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { clinux_accept(descriptor, $0, &length) }
      }
      guard accepted < 0 else {
        guard let address = PeerAddress(storage) else {
          Glibc.close(accepted)
          return .none
        }
        Self.prepare(accepted)
        return .connection(accepted, address)
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
      default: return .none
      }
    }
  }

  private static func prepare(_ descriptor: Int32) {
    let tcp = Int32(IPPROTO_TCP)
    // Messages are small and answered: do not hold them back to fill a packet.
    set(descriptor, tcp, TCP_NODELAY, 1)
    // A machine that vanished is noticed by TCP as well as by pings: 30 s + 3 × 5 s idle, 30 s with bytes
    // under way.
    set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
    set(descriptor, tcp, TCP_KEEPIDLE, 30)
    set(descriptor, tcp, TCP_KEEPINTVL, 5)
    set(descriptor, tcp, TCP_KEEPCNT, 3)
    set(descriptor, tcp, TCP_USER_TIMEOUT, 30_000)
  }

  private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
