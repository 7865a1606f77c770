import ArgumentParser
import Glibc
import Logging
import SyncServer

/// `serve`: the server that the other commands start in a process of its own.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve a tenant until standard input ends.", shouldDisplay: false)

  @Argument(help: "The tenant's folder.")
  var directory: String

  func run() async throws {
    let server = try SyncServer(
      directory: directory, host: "127.0.0.1", port: 0, security: .plaintextLoopbackOnly,
      unauthenticatedConnectionsPerAddress: 1_000,
      logger: Logger(label: "kos-bench", factory: { _ in SwiftLogNoOpLogHandler() }))
    print(server.port)
    fflush(nil)
    await Task.detached { while readLine() != nil {} }.value
    await server.stop()
  }
}
