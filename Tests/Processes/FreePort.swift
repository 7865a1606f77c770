import Glibc

/// Finds a port of this machine that a server can take again and again.
public enum FreePort {
  /// Below the ports that the kernel gives to outgoing connections: while the server is down, one of those
  /// could otherwise take its port, or even be connected to itself.
  private static let range = 15_000..<32_000

  /// - Throws: when none of many is free.
  public static func find() throws -> Int {
    for _ in 0..<100 {
      let port = Int.random(in: range)
      if isFree(port) { return port }
    }
    throw ProcessFailure("no free port")
  }

  private static func isFree(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
