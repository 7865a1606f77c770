import Testing
import WebSocketTransport

extension SocketTests {
  @Suite struct ConfigurationTests {
    private func startFailure(_ change: (inout ServerConfiguration) -> Void) async throws -> TransportError
      .Code?
    {
      let loop = try ServiceLoop(logger: TestServer.logger)
      var code: TransportError.Code?
      do throws(TransportError) {
        let server = try WebSocketServer(
          configuration: TestServer.configuration(change), loop: loop, logger: TestServer.logger,
          onEvents: { _ in })
        await server.stop(code: .goingAway)
      } catch {
        code = error.code
      }
      await loop.shutdown()
      return code
    }

    private func expectStart(
      _ expected: TransportError.Code?, at location: SourceLocation = #_sourceLocation,
      _ change: (inout ServerConfiguration) -> Void
    ) async throws {
      let code = try await startFailure(change)
      #expect(code == expected, sourceLocation: location)
    }

    @Test func plaintextIsForLoopbackOnly() async throws {
      for host in ["0.0.0.0", "::", "192.0.2.1"] {
        try await expectStart(.plaintextNotAllowed) { $0.host = host }
      }
      try await expectStart(nil) { $0.host = "localhost" }
    }

    @Test func whatCannotBeUsedIsSaid() async throws {
      try await expectStart(.invalidConfiguration) { $0.host = "example.org" }
      try await expectStart(.invalidConfiguration) { $0.port = 65_536 }
      try await expectStart(.invalidConfiguration) { $0.subprotocol = "two words" }
      try await expectStart(.invalidConfiguration) { $0.limits.hangup = $0.limits.ping }
      try await expectStart(.invalidConfiguration) { $0.limits.messageBytes = 0 }
      let missing = ServerConfiguration.Security.tls(
        certificateFile: "/nonexistent", privateKeyFile: "/nonexistent")
      try await expectStart(.cannotListen) { $0.security = missing }
    }

    @Test func aTakenPortIsSaidAndAFreedOneCanBeTaken() async throws {
      try await TestServer.with { test in
        let port = test.server.port
        try await expectStart(.cannotListen) { $0.port = port }
        await test.server.stop(code: .goingAway)
        try await expectStart(nil) { $0.port = port }
      }
    }

    @Test func plaintextClientsStayOnThisMachine() async throws {
      try await TestServer.with { test in
        await #expect(
          throws: TransportError(.plaintextNotAllowed, "ws:// leads to this machine only; use wss://")
        ) {
          try await test.client { $0.url = "ws://192.0.2.1:9/" }
        }
        await #expect(throws: TransportError.self) { try await test.client { $0.url = "http://127.0.0.1/" } }
        await #expect(
          throws: TransportError(.subprotocolRefused, "the server does not speak the subprotocol")
        ) {
          try await test.client { $0.subprotocol = "other" }
        }
      }
    }

    @Test func aServerThatSaysNothingIsLeftInTime() async throws {
      try await TestServer.with { test in
        // A listening socket whose backlog takes the connection and whose owner never looks.
        let silent = try SilentListener()
        let start = ContinuousClock.now
        await #expect(throws: TransportError(.timedOut, "no answer in time")) {
          try await test.client {
            $0.url = "ws://127.0.0.1:\(silent.port)/"
            $0.connectTimeout = .milliseconds(300)
          }
        }
        #expect(ContinuousClock.now - start < .seconds(3))
        let task = Task { try await test.client { $0.url = "ws://127.0.0.1:\(silent.port)/" } }
        task.cancel()
        await #expect(throws: TransportError(.cancelled, "the attempt to connect was cancelled")) {
          _ = try await task.value
        }
      }
    }

    @Test func nothingRunsOnALoopThatIsOver() async throws {
      let loop = try ServiceLoop(logger: TestServer.logger)
      let pinned = Pinned(loop: loop)
      #expect(await pinned.isOnLoop())
      await loop.shutdown()
      await loop.shutdown()
      await pinned.count()
      #expect(await pinned.counted == 1)
      #expect(throws: TransportError(.unavailable, "the service loop has been shut down")) {
        try WebSocketServer(
          configuration: TestServer.configuration(), loop: loop, logger: TestServer.logger, onEvents: { _ in }
        )
      }
    }

    @Test func jobsOfAPinnedActorAllRunOnTheLoop() async throws {
      let loop = try ServiceLoop(logger: TestServer.logger)
      let pinned = Pinned(loop: loop)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<2000 { group.addTask { await pinned.count() } }
      }
      #expect(await pinned.counted == 2000)
      await loop.shutdown()
    }
  }
}

private actor Pinned {
  private let loop: ServiceLoop
  private(set) var counted = 0

  init(loop: ServiceLoop) { self.loop = loop }

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  func isOnLoop() -> Bool { loop.isOnLoop }

  func count() { counted += 1 }
}
