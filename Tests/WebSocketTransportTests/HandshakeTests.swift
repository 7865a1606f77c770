import Testing

@testable import WebSocketTransport

extension SocketTests {
  @Suite struct HandshakeTests {
    private func answer(to request: String, port: Int) throws -> String {
      let socket = try RawSocket(port: port)
      socket.send(request)
      return String(decoding: try #require(socket.readToEnd()), as: UTF8.self)
    }

    private func expectHungUp(_ port: Int, at location: SourceLocation = #_sourceLocation) throws {
      let bytes = try RawSocket(port: port).readToEnd()
      #expect(bytes == [], sourceLocation: location)
    }

    /// The sequence that makes the library use freed headers, which `Deploy/asan` sees. After a change of the
    /// guard, run `Deploy/asan --prove` too.
    @Test(arguments: [
      (false, "nonsense"), (false, "h2c"), (false, "websocket"), (true, "nonsense"), (true, "h2c"),
    ])
    func anUpgradeAfterAnHTTPRequest(keepsAlive: Bool, upgrade: String) async throws {
      let configuration = TestServer.configuration { $0.keepsHTTPAlive = keepsAlive }
      try await TestServer.with(configuration, reaction: TestServer.echo) { test in
        for _ in 0..<5 {
          let socket = try RawSocket(port: test.server.port)
          socket.send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n")
          let headers = socket.readHeaders()
          #expect(headers.hasPrefix("HTTP/1.1 426 "))
          #expect(headers.contains(keepsAlive ? "keep-alive" : "Connection: close"))
          socket.send(RawWebSocket.request(["Upgrade": upgrade]))
          let rest = String(decoding: try #require(socket.readToEnd()), as: UTF8.self)
          #expect(!rest.contains("101"))
        }
        try await test.expectServing()
      }
    }

    @Test func anUpgradeInTheSamePacketAsAnHTTPRequest() async throws {
      for keepsAlive in [false, true] {
        let configuration = TestServer.configuration { $0.keepsHTTPAlive = keepsAlive }
        try await TestServer.with(configuration, reaction: TestServer.echo) { test in
          let first = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
          let text = try answer(
            to: first + RawWebSocket.request(["Upgrade": "nonsense"]), port: test.server.port)
          #expect(!text.contains("101"))
          try await test.expectServing()
        }
      }
    }

    @Test(arguments: ["h2c", "nonsense", "websocket, h2c", "TLS/1.0"])
    func otherUpgradesAreRefused(upgrade: String) async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let settings: [String: String?] = ["Upgrade": upgrade, "HTTP2-Settings": "AAMAAABkAAQAAP__"]
        let text = try answer(to: RawWebSocket.request(settings), port: test.server.port)
        // What is neither websocket nor h2c the library itself answers with 403.
        #expect(text.isEmpty || text.hasPrefix("HTTP/1.0 403 "))
        try await test.expectServing()
      }
    }

    @Test func theHTTP2PrefaceIsRefused() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0"
        let text = try answer(to: preface, port: test.server.port)
        #expect(!text.contains("101"))
        #expect(!text.utf8.starts(with: [0, 0]))
        try await test.expectServing()
      }
    }

    @Test(
      arguments: [
        (["Origin": "https://evil.example"], "403"), (["Origin": "null"], "403"),
        (["Sec-WebSocket-Version": "8"], "426"), (["Sec-WebSocket-Version": nil], "426"),
        (["Sec-WebSocket-Key": nil], "400"), (["Sec-WebSocket-Key": "short"], "400"),
        (["Sec-WebSocket-Protocol": nil], "400"), (["Sec-WebSocket-Protocol": "other"], "400"),
        (["Sec-WebSocket-Protocol": "kos.test2, http"], "400"),
      ] as [([String: String?], String)])
    func wrongHeadersAreAnswered(headers: [String: String?], status: String) async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let text = try answer(to: RawWebSocket.request(headers), port: test.server.port)
        #expect(text.hasPrefix("HTTP/1.1 \(status) "))
        #expect(text.contains("Connection: close"))
        try await test.expectServing()
      }
    }

    @Test(arguments: [nil, "other", "kos.test2, http"] as [String?])
    func whoOffersNothingThatIsSpokenIsToldWhatIs(offered: String?) async throws {
      try await TestServer.with { test in
        let request = RawWebSocket.request(["Sec-WebSocket-Protocol": offered])
        let text = try answer(to: request, port: test.server.port)
        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(text.contains("\r\nSec-WebSocket-Protocol: kos.test\r\n"))
      }
    }

    @Test func anAllowedOriginIsLetIn() async throws {
      let configuration = TestServer.configuration { $0.allowedOrigins = ["https://kos.example"] }
      try await TestServer.with(configuration) { test in
        let socket = try RawSocket(port: test.server.port)
        socket.send(RawWebSocket.request(["Origin": "https://kos.example"]))
        #expect(socket.readHeaders().hasPrefix("HTTP/1.1 101 "))
      }
    }

    private static let oddRequests = [
      "negative length": "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
      "length of 2^63": "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\nx",
      "length and chunks":
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "CONNECT": "CONNECT evil:1 HTTP/1.1\r\nHost: a\r\n\r\n", "TRACE": "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
      "path out of the root": "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
      "bare line feeds": "GET / HTTP/1.1\nHost: a\n\n",
      "folded header": "GET / HTTP/1.1\r\nHost: a\r\n X: folded\r\n\r\n", "empty lines": "\r\n\r\n\r\n\r\n",
      "200 KB header": "GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 200_000))\r\n\r\n",
      "10,000 headers": "GET / HTTP/1.1\r\n\(String(repeating: "X: y\r\n", count: 10_000))\r\n",
    ]

    @Test(arguments: oddRequests.keys.sorted())
    func oddRequestsHurtNobody(name: String) async throws {
      let request = try #require(Self.oddRequests[name])
      try await TestServer.with(reaction: TestServer.echo) { test in
        let socket = try RawSocket(port: test.server.port, timeoutSeconds: 2)
        socket.send(request)
        let text = String(decoding: socket.readToEnd() ?? [], as: UTF8.self)
        #expect(!text.hasPrefix("HTTP/1.1 2") && !text.hasPrefix("HTTP/1.1 1"))
        try await test.expectServing()
      }
    }

    @Test func anAddressHasOnlySoManyStrangers() async throws {
      let configuration = TestServer.configuration { $0.limits.unauthenticatedConnectionsPerAddress = 3 }
      try await TestServer.with(configuration) { test in
        let held = try (0..<3).map { _ in try RawWebSocket.open(port: test.server.port) }
        try expectHungUp(test.server.port)
        let ids = test.recorder.events.compactMap(\.openedID)
        #expect(ids.count == 3)
        // One who is known does not count any more.
        test.server.authenticated(try #require(ids.first))
        await Pause.untilLoopTurns(test.loop)
        let another = try RawWebSocket.open(port: test.server.port)
        try expectHungUp(test.server.port)
        withExtendedLifetime((held, another)) {}
      }
    }

    @Test func aNetworkMayHaveALimitOfItsOwn() async throws {
      let configuration = TestServer.configuration {
        $0.limits.unauthenticatedConnectionsPerAddress = 1
        $0.perNetworkLimits =
          NetworkPrefix("127.0.0.0/8").map {
            [.init(network: $0, unauthenticatedConnectionsPerAddress: 2)]
          } ?? []
      }
      try await TestServer.with(configuration) { test in
        let held = try (0..<2).map { _ in try RawWebSocket.open(port: test.server.port) }
        try expectHungUp(test.server.port)
        withExtendedLifetime(held) {}
      }
    }
  }
}
