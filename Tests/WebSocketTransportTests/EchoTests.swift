import Testing
import WebSocketTransport

extension SocketTests {
  @Suite struct EchoTests {
    @Test func aMessageComesBack() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        try await test.expectServing()
        #expect(await test.recorder.firstClose() == CloseReason(initiator: .peer, code: .normal))
      }
    }

    @Test func aThousandMessagesKeepTheirOrder() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let client = try await test.client()
        for index in 0..<1000 {
          client.send(Array("\(index)".utf8))
          // The echo comes back at the speed at which it is taken, so do not run ahead of the server's bound.
          if index % 100 == 99 {
            for expected in (index - 99)...index {
              var iterator = client.messages.makeAsyncIterator()
              #expect(await iterator.next() == Array("\(expected)".utf8))
            }
          }
        }
        await client.close()
      }
    }

    @Test func aMessageAtTheLimitAndAnEmptyOne() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let client = try await test.client()
        var iterator = client.messages.makeAsyncIterator()
        for count in [262_144, 0, 262_143, 1, 65_536, 65_535, 2048, 2049] {
          let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
          client.send(message)
          #expect(await iterator.next() == message, "\(count) bytes")
        }
        await client.close()
      }
    }

    @Test func oneByteTooManyIsClosedWith1009() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let client = try await test.client()
        client.send([UInt8](repeating: 0, count: 262_145))
        for await _ in client.messages { Issue.record("a message too big was delivered") }
        #expect(client.closeReason?.initiator == .peer)
        #expect(client.closeReason?.code == .messageTooBig)
        let told = await test.recorder.firstClose()
        #expect(told?.initiator == .local)
        #expect(told?.code == .messageTooBig)
      }
    }

    @Test(arguments: [CloseCode.goingAway, .policyViolation, .serviceRestart, .tryAgainLater])
    func theServersCloseCodeArrivesAfterWhatWasSent(code: CloseCode) async throws {
      try await TestServer.with { test in
        let client = try await test.client()
        _ = await test.recorder.wait { $0.contains { $0.openedID != nil } }
        let id = try #require(test.recorder.events.first?.openedID)
        test.server.post([.send(id, [1]), .send(id, [2]), .close(id, code, "why")])
        var received: [[UInt8]] = []
        for await message in client.messages { received.append(message) }
        #expect(received == [[1], [2]])
        #expect(client.closeReason == CloseReason(initiator: .peer, code: code, text: "why"))
      }
    }

    @Test func stopClosesEveryoneWithItsCode() async throws {
      try await TestServer.with(reaction: TestServer.authenticate) { test in
        var clients: [WebSocketClient] = []
        for _ in 0..<10 { clients.append(try await test.client()) }
        await test.server.stop(code: .goingAway)
        for client in clients {
          for await _ in client.messages {}
          #expect(client.closeReason?.code == .goingAway)
        }
        let closes = test.recorder.events.compactMap(\.closeReason)
        #expect(closes.count == 10)
        await #expect(throws: TransportError.self) { try await test.client() }
      }
    }

    @Test func aPausedConnectionIsReadLater() async throws {
      try await TestServer.with(reaction: TestServer.authenticate) { test in
        let client = try await test.client()
        _ = await test.recorder.wait { $0.contains { $0.openedID != nil } }
        let id = try #require(test.recorder.events.first?.openedID)
        test.server.post([.pauseReading(id)])
        client.send([1])
        #expect(await !test.recorder.wait(.milliseconds(300)) { $0.contains { $0.message != nil } })
        test.server.post([.resumeReading(id)])
        #expect(await test.recorder.wait { $0.contains { $0.message == [1] } })
        await client.close()
      }
    }
  }
}
