import Testing

@testable import WebSocketTransport

extension SocketTests {
  /// What only a broken or hostile peer does. Each test ends by asking whether others are still served.
  @Suite struct HostilePeerTests {
    private func expectClose(
      _ socket: RawSocket, _ code: UInt16, at location: SourceLocation = #_sourceLocation
    ) {
      #expect(RawWebSocket.readClose(socket) == code, sourceLocation: location)
    }

    @Test func aFrameOfTwoToThe62IsClosedWith1009() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let socket = try RawWebSocket.open(port: test.server.port)
        socket.send(RawWebSocket.frame(opcode: 2, [1, 2, 3], declared: 1 << 62))
        #expect(RawWebSocket.readClose(socket) == 1009)
        try await test.expectServing()
      }
    }

    @Test func aTextFrameIsClosedWith1003() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let socket = try RawWebSocket.open(port: test.server.port)
        socket.send(RawWebSocket.frame(opcode: 1, Array("text".utf8)))
        expectClose(socket, 1003)
        try await test.expectServing()
      }
    }

    @Test func tooManyFragmentsAreClosedWith1008() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let socket = try RawWebSocket.open(port: test.server.port)
        let empty = RawWebSocket.frame(opcode: 0, final: false)
        socket.send(RawWebSocket.frame(opcode: 2, [1], final: false) + (0..<20_000).flatMap { _ in empty })
        // The close frame may be lost when the peer goes on sending into a closed socket.
        let code = try #require(RawWebSocket.readClose(socket))
        #expect([1008, 1006].contains(code))
        #expect(await test.recorder.firstClose()?.code == .policyViolation)
        try await test.expectServing()
      }
    }

    @Test func aMessageInsideAnotherIsClosed() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let socket = try RawWebSocket.open(port: test.server.port)
        socket.send(RawWebSocket.frame(opcode: 2, [1], final: false) + RawWebSocket.frame(opcode: 2, [2]))
        _ = try #require(RawWebSocket.readClose(socket))
        #expect(test.recorder.events.allSatisfy { $0.message == nil })
        try await test.expectServing()
      }
    }

    @Test(arguments: [
      RawWebSocket.frame(opcode: 3), RawWebSocket.frame(opcode: 11), RawWebSocket.frame(opcode: 0, [1]),
      RawWebSocket.frame(opcode: 2, [1], reserved: 0x40), RawWebSocket.frame(opcode: 9, [1], final: false),
      RawWebSocket.frame(opcode: 9, [UInt8](repeating: 0, count: 126)),
      RawWebSocket.frame(opcode: 2, [1], declared: 1 << 63),
    ])
    func brokenFramesAreClosed(frame: [UInt8]) async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let socket = try RawWebSocket.open(port: test.server.port)
        socket.send(frame)
        _ = try #require(RawWebSocket.readClose(socket))
        #expect(test.recorder.events.allSatisfy { $0.message == nil })
        try await test.expectServing()
      }
    }

    @Test func aFloodOfPongsIsClosed() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let socket = try RawWebSocket.open(port: test.server.port)
        socket.send((0..<100).flatMap { _ in RawWebSocket.frame(opcode: 10, [1]) })
        _ = try #require(RawWebSocket.readClose(socket))
        #expect(await test.recorder.firstClose()?.code == .policyViolation)
        try await test.expectServing()
      }
    }

    @Test func halfAMessageIsClosed() async throws {
      let configuration = TestServer.configuration { $0.limits.messageCompletion = .milliseconds(200) }
      try await TestServer.with(configuration, reaction: TestServer.echo) { test in
        let socket = try RawWebSocket.open(port: test.server.port)
        socket.send(RawWebSocket.frame(opcode: 2, [1], declared: 100))
        expectClose(socket, 1008)
        try await test.expectServing()
      }
    }

    @Test func aStrangerIsClosedInTime() async throws {
      let configuration = TestServer.configuration { $0.limits.authentication = .milliseconds(200) }
      try await TestServer.with(configuration) { test in
        let socket = try RawWebSocket.open(port: test.server.port)
        let start = ContinuousClock.now
        expectClose(socket, 1008)
        #expect(ContinuousClock.now - start > .milliseconds(150))
        #expect(await test.recorder.firstClose()?.code == .policyViolation)
      }
    }

    @Test func aThirdMessageOfAStrangerIsClosed() async throws {
      try await TestServer.with { test in
        let client = try await test.client()
        for index in 0..<3 { client.send([UInt8(index)]) }
        for await _ in client.messages {}
        #expect(client.closeReason?.code == .policyViolation)
        #expect(test.recorder.events.compactMap(\.message) == [[0], [1]])
      }
    }

    @Test func aReaderThatNeverReadsIsGivenUp() async throws {
      try await TestServer.with(reaction: TestServer.authenticate) { test in
        let socket = try RawWebSocket.open(port: test.server.port, receiveBufferBytes: 4096)
        _ = await test.recorder.wait { $0.contains { $0.openedID != nil } }
        let id = try #require(test.recorder.events.first?.openedID)
        let message = [UInt8](repeating: 7, count: 64 * 1024)
        var toldToHoldBack = false
        for _ in 0..<1000 where test.recorder.events.allSatisfy({ $0.closeReason == nil }) {
          if !test.server.send(message, to: id) { toldToHoldBack = true }
        }
        #expect(toldToHoldBack)
        let reason = await test.recorder.firstClose()
        #expect(reason?.initiator == .local)
        #expect(reason?.code == .tryAgainLater)
        withExtendedLifetime(socket) {}
      }
    }

    @Test func aSenderWhoHoldsBackIsToldWhenToGoOn() async throws {
      try await TestServer.with(reaction: TestServer.authenticate) { test in
        let client = try await test.client()
        _ = await test.recorder.wait { $0.contains { $0.openedID != nil } }
        let id = try #require(test.recorder.events.first?.openedID)
        let message = [UInt8](repeating: 7, count: 16 * 1024)
        var count = 1
        while test.server.send(message, to: id), count < 1000 { count += 1 }
        #expect(count < 1000)
        #expect(await test.recorder.wait { $0.contains(.backlogCleared(id)) })
        var iterator = client.messages.makeAsyncIterator()
        for _ in 0..<count { #expect(await iterator.next() == message) }
        await client.close()
      }
    }

    @Test func randomBytesHurtNobody() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        var random = SplitMix(state: 20_261)
        for round in 0..<60 {
          let socket =
            round % 2 == 0
            ? try RawSocket(port: test.server.port) : try RawWebSocket.open(port: test.server.port)
          socket.send((0..<Int(random.next() % 3000)).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        }
        try await test.expectServing()
      }
    }
  }
}

/// Random numbers that are the same in every run (Steele, Lea and Flood 2014).
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
