import ArgumentParser
import Dispatch
import Logging
import SyncServer
import WebSocketTransport

#if canImport(Glibc)
import Glibc
#endif

/// `kosd serve`: serves one tenant until it is told to stop.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve a tenant until SIGTERM or SIGINT.")

  @Option(help: "The tenant's folder.")
  var data: String
  @Option(help: "The ledger's file, apart from the folder; DIR.ledger unless told.")
  var ledger: String?
  @Option(help: "The database of the records' keys, apart from the folder; DIR.keys unless told.")
  var keys: String?
  @Option(help: "The address and port to listen on; port 0 takes any that is free.")
  var listen: String = "127.0.0.1:7400"
  @Option(help: "The server's certificate chain, PEM.")
  var tlsCert: String?
  @Option(help: "The certificate's private key, PEM.")
  var tlsKey: String?
  @Flag(help: "Serve without TLS; only on a loopback address.")
  var plaintextLoopback = false
  @Option(help: "How many connections of one address may be in their handshake.")
  var handshakesPerAddress: Int?
  @Option(help: "MiB of the disk kept free: with less, people read on and no work is taken in.")
  var keepFree: UInt32 = 64
  @Option(help: "Days that a device may show its records without having reached the server; 0: no limit.")
  var leaseDays: UInt32 = 30

  func run() async throws { try await complaining { try await serve() } }

  private func serve() async throws {
    guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]) else {
      throw ValidationError("--listen takes ADDRESS:PORT.")
    }
    let (failures, failure) = AsyncStream.makeStream(of: StartFailure?.self)
    let server = try SyncServer(
      directory: data, ledger: ledger, keys: keys, host: String(listen[..<colon]), port: port,
      security: try security(),
      unauthenticatedConnectionsPerAddress: handshakesPerAddress,
      keepingFree: UInt64(keepFree) << 20, leaseDays: leaseDays, logger: Logger(label: "kosd"),
      onFailure: { failure.yield($0) })
    // First, since programs that start it wait for this line.
    say("kosd listens on \(listen[..<colon]):\(server.port)")
    for line in server.opening.lines { say("kosd: \(line)") }
    let signals = Self.signals { failure.yield(nil) }
    defer { for source in signals { source.cancel() } }
    for await reason in failures {
      await server.stop()
      if let reason { throw reason }
      return
    }
  }

  private func security() throws -> ServerConfiguration.Security {
    switch (tlsCert, tlsKey, plaintextLoopback) {
    case (let certificate?, let key?, false):
      return .tls(certificateFile: certificate, privateKeyFile: key)
    case (nil, nil, true): return .plaintextLoopbackOnly
    default:
      throw ValidationError(
        "Name --tls-cert and --tls-key, or --plaintext-loopback to try it on one machine.")
    }
  }

  /// Calls back at SIGTERM and SIGINT.
  private static func signals(_ body: @escaping @Sendable () -> Void) -> [any DispatchSourceSignal] {
    [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { body() }
      source.resume()
      return source
    }
  }
}
