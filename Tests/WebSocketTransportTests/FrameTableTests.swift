import Testing

@testable import WebSocketTransport

extension SocketTests {
  /// The table of frames, sent to a real server.
  @Suite struct FrameTableTests {
    @Test(arguments: FrameTable.cases) func frames(row: FrameCase) async throws {
      let configuration = TestServer.configuration {
        $0.limits.messageCompletion = .milliseconds(400)
      }
      try await TestServer.with(configuration, reaction: TestServer.echo) { test in
        let socket = try RawWebSocket.open(port: test.server.port, timeoutSeconds: 2)
        // An answer shows that the limits for strangers are lifted.
        socket.send(RawWebSocket.frame(opcode: 2, [9]))
        #expect(FrameReader(socket).outcome() == .message(1))
        socket.send(row.bytes)
        let outcome = FrameReader(socket, drip: row.drip).outcome()
        if let recorded = row.recorded {
          #expect([row.expected, .close(recorded)].contains(outcome))
          #expect(await test.recorder.firstClose()?.code.rawValue == recorded)
        } else {
          #expect(outcome == row.expected, "\(row.deviation ?? "")")
        }
        try await test.expectServing()
      }
    }

    /// An offer of compression is not taken: no header of the answer names an extension.
    @Test func deflateIsNotAgreed() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let socket = try RawSocket(port: test.server.port)
        socket.send(
          RawWebSocket.request([
            "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"
          ]))
        let answer = socket.readHeaders().lowercased()
        #expect(answer.hasPrefix("http/1.1 101 "))
        #expect(!answer.contains("sec-websocket-extensions"))
        try await test.expectServing()
      }
    }

    /// However a connection breaks off, the server sees the end as an abnormal one and serves the others.
    @Test(arguments: BreakingOff.allCases) func connectionsThatBreakOff(_ way: BreakingOff) async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let socket = try RawWebSocket.open(port: test.server.port)
        socket.send(RawWebSocket.frame(opcode: 2, [9]))
        #expect(FrameReader(socket).outcome() == .message(1))
        socket.send(RawWebSocket.frame(opcode: 2, [1, 2], declared: 100))
        socket.breakOff(way)
        let reason = await test.recorder.firstClose()
        #expect(reason?.code == .abnormal)
        try await test.expectServing()
      }
    }

    @Test func everyCaseHasARow() {
      // 27 has a row and a test; 29 is in HostilePeerTests; 30 is a test here.
      let elsewhere: Set = [29, 30]
      #expect(Set(FrameTable.cases.map(\.number)).union(elsewhere) == Set(16...30))
    }
  }
}

/// How a peer goes without a close frame.
enum BreakingOff: CaseIterable, Sendable {
  case reset
  case finish
  case halfClose
}
