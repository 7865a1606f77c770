import Dispatch
import Glibc

/// Turns a host name into addresses, away from the service thread: the system's resolver blocks, for many
/// seconds when a name server is silent, and the library would call it on the thread that serves everyone.
enum HostResolver {
  private static let queue = DispatchQueue(label: "kos.host-resolver", attributes: .concurrent)

  /// Addresses in the system's order of preference; at most 8.
  ///
  /// - Throws: `hostNotFound`.
  static func addresses(of host: String) async throws(TransportError) -> [PeerAddress] {
    if let literal = PeerAddress(host) { return [literal] }
    let found = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: lookUp(host)) }
    }
    guard !found.isEmpty else { throw TransportError(.hostNotFound, "the host name has no address") }
    return found
  }

  private static func lookUp(_ host: String) -> [PeerAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var found: [PeerAddress] = []
    var entry = list
    while let item = entry?.pointee, found.count < 8 {
      if let source = item.ai_addr, Int(item.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) {
          $0.copyMemory(from: UnsafeRawBufferPointer(start: source, count: Int(item.ai_addrlen)))
        }
        if let address = PeerAddress(storage), !found.contains(address) { found.append(address) }
      }
      entry = item.ai_next
    }
    return found
  }
}
