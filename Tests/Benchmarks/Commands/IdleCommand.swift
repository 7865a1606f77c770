import ArgumentParser
import Glibc
import Logging
import WebSocketTransport

/// `idle N`: what N devices with an open session add to the server's resident memory.
struct IdleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "idle", abstract: "Measure the server's memory with idle devices connected.")

  @Argument(help: "How many devices.")
  var connections = 1_000

  func run() async throws {
    try allowOpenFiles(connections + 1_000)
    let tenant = try await Tenant()
    let loop = try ServiceLoop(
      logger: Logger(label: "kos-bench", factory: { _ in SwiftLogNoOpLogHandler() }))
    var devices: [IdleDevice] = []
    for _ in 0..<connections {
      let code = try await tenant.invitation().code
      devices.append(try await IdleDevice(code: code, url: tenant.server.url, loop: loop))
    }
    let before = try tenant.server.residentBytes()
    var clients: [WebSocketClient] = []
    for device in devices { clients.append(try await device.connect(tenant.server.url, loop)) }
    let after = try tenant.server.residentBytes()
    for client in clients { await client.close() }
    await loop.shutdown()
    tenant.server.stop()
    var figures = Figures("idle")
    figures.add("connections", connections)
    figures.add("bytes_per_connection", Double(after - before) / Double(connections))
    figures.print()
  }

  /// Raises the limit on open files, which the server's process takes over.
  private func allowOpenFiles(_ count: Int) throws {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    guard limit.rlim_cur < count else { return }
    guard limit.rlim_max >= count else {
      throw BenchmarkError(description: "the limit on open files is \(limit.rlim_max)")
    }
    limit.rlim_cur = rlim_t(count)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
