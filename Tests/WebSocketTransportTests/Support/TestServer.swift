import Logging
import Synchronization
import Testing
import WebSocketTransport

/// The server, for what reacts to its events: it does not exist yet when the reaction is made.
private final class ServerBox: Sendable {
  let server = Mutex<WebSocketServer?>(nil)
}

/// A loop and a server on 127.0.0.1 with a recorder, stopped when the body of a test ends.
struct TestServer: Sendable {
  static let subprotocol = "kos.test"

  let loop: ServiceLoop
  let server: WebSocketServer
  let recorder: EventRecorder

  var url: String { "ws://127.0.0.1:\(server.port)/" }

  static var logger: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

  /// What a server does with its events besides recording them.
  typealias Reaction = @Sendable (WebSocketServer, [ConnectionEvent]) -> Void

  /// Sends every message back, and takes every peer for authenticated.
  static let echo: Reaction = { server, events in
    server.post(
      events.compactMap { event in
        switch event {
        case .opened(let id, _): .authenticated(id)
        case .received(let id, let message): .send(id, message)
        default: nil
        }
      })
  }

  static let authenticate: Reaction = { server, events in
    server.post(
      events.compactMap { event in event.openedID.map { TransportCommand.authenticated($0) } })
  }

  static func configuration(_ change: (inout ServerConfiguration) -> Void = { _ in }) -> ServerConfiguration {
    var configuration = ServerConfiguration(
      host: "127.0.0.1", port: 0, security: .plaintextLoopbackOnly, subprotocol: subprotocol)
    change(&configuration)
    return configuration
  }

  static func with(
    _ configuration: ServerConfiguration = configuration(), reaction: Reaction? = nil,
    _ body: (TestServer) async throws -> Void
  ) async throws {
    let loop = try ServiceLoop(logger: logger)
    let recorder = EventRecorder()
    let box = ServerBox()
    let server = try WebSocketServer(configuration: configuration, loop: loop, logger: logger) { events in
      if let reaction, let server = box.server.withLock({ $0 }) { reaction(server, events) }
      recorder.record(events)
    }
    box.server.withLock { $0 = server }
    defer { box.server.withLock { $0 = nil } }
    do {
      try await body(TestServer(loop: loop, server: server, recorder: recorder))
    } catch {
      await server.stop(code: .goingAway)
      await loop.shutdown()
      throw error
    }
    await server.stop(code: .goingAway)
    await loop.shutdown()
  }

  func client(_ change: (inout ClientConfiguration) -> Void = { _ in }) async throws -> WebSocketClient {
    var configuration = ClientConfiguration(url: url, subprotocol: Self.subprotocol)
    change(&configuration)
    return try await WebSocketClient.connect(configuration, loop: loop, logger: Self.logger)
  }

  /// Whether a new client is served: what every hostile peer must leave as it was. Needs the `echo` reaction.
  func expectServing(at location: SourceLocation = #_sourceLocation) async throws {
    let client = try await client()
    client.send([1, 2, 3])
    var iterator = client.messages.makeAsyncIterator()
    let answer = await iterator.next()
    await client.close()
    #expect(answer == [1, 2, 3], sourceLocation: location)
  }
}
