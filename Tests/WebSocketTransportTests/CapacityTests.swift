import Foundation
import Testing
import WebSocketTransport

extension SocketTests {
  /// Figures for the reader of the log, and bounds wide enough to hold on a busy machine.
  @Suite struct CapacityTests {
    /// Resident memory of this process in bytes.
    private func residentBytes() throws -> Int {
      let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
      return try #require(pages) * 4096
    }

    /// Whether freed memory is kept by AddressSanitizer, which makes figures of memory meaningless.
    private static let isSanitized = dlsym(nil, "__asan_init") != nil

    private static let open = TestServer.configuration {
      $0.limits.unauthenticatedConnectionsPerAddress = 1000
    }

    @Test func idleConnectionsAreSmall() async throws {
      try await TestServer.with(Self.open, reaction: TestServer.authenticate) { test in
        var sockets = try (0..<100).map { _ in try RawWebSocket.open(port: test.server.port) }
        let before = try residentBytes()
        sockets += try (0..<500).map { _ in try RawWebSocket.open(port: test.server.port) }
        #expect(await test.recorder.wait { $0.count { $0.openedID != nil } == 600 })
        let each = (try residentBytes() - before) / 500
        print("figure: \(each) bytes of RSS for an idle server connection")
        #expect(each < 16 * 1024 || Self.isSanitized)
      }
    }

    @Test func roundTripsAreQuick() async throws {
      try await TestServer.with(reaction: TestServer.echo) { test in
        let client = try await test.client()
        var iterator = client.messages.makeAsyncIterator()
        let message = [UInt8](repeating: 1, count: 135)
        var times: [Duration] = []
        for _ in 0..<2000 {
          let start = ContinuousClock.now
          client.send(message)
          _ = await iterator.next()
          times.append(ContinuousClock.now - start)
        }
        times.sort()
        print("figure: round trip of 135 bytes, median \(times[1000]), 99th percentile \(times[1980])")
        #expect(times[1000] < .milliseconds(20))
        await client.close()
      }
    }

    @Test func aThousandClientsShareALoopWithTheirServer() async throws {
      try await TestServer.with(Self.open, reaction: TestServer.echo) { test in
        let start = ContinuousClock.now
        let clients = try await withThrowingTaskGroup(of: WebSocketClient.self) { group in
          for _ in 0..<1000 { group.addTask { try await test.client { $0.connectTimeout = .seconds(30) } } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        print("figure: 1,000 clients connected in \(ContinuousClock.now - start)")
        let talking = ContinuousClock.now
        await withTaskGroup(of: Bool.self) { group in
          for client in clients {
            group.addTask {
              var iterator = client.messages.makeAsyncIterator()
              for round in 0..<10 as Range<UInt8> {
                client.send([round])
                guard await iterator.next() == [round] else { return false }
              }
              return true
            }
          }
          for await isRight in group { #expect(isRight) }
        }
        print("figure: 10,000 round trips of 1,000 clients in \(ContinuousClock.now - talking)")
      }
    }

    @Test func readersThatNeverReadCostTheirBoundAndNoMore() async throws {
      try await TestServer.with(Self.open, reaction: TestServer.authenticate) { test in
        let sockets = try (0..<50).map { _ in
          try RawWebSocket.open(port: test.server.port, receiveBufferBytes: 4096)
        }
        #expect(await test.recorder.wait { $0.count { $0.openedID != nil } == 50 })
        let ids = test.recorder.events.compactMap(\.openedID)
        let before = try residentBytes()
        for round in 0..<100 {
          // Each message is memory of its own, as it would be in earnest.
          for id in ids { test.server.send([UInt8](repeating: UInt8(round), count: 64 * 1024), to: id) }
          if round % 10 == 9 { await Pause.untilLoopTurns(test.loop) }
        }
        #expect(await test.recorder.wait { $0.count { $0.closeReason?.code == .tryAgainLater } == 50 })
        let each = (try residentBytes() - before) / 50
        print("figure: \(each) bytes of RSS for each reader that never reads")
        #expect(each < 2 << 20 || Self.isSanitized)
        withExtendedLifetime(sockets) {}
      }
    }

    @Test func aStoppedServerLeavesNothing() async throws {
      let loop = try ServiceLoop(logger: TestServer.logger)
      // Short, because the raw socket never answers a close frame: it has to be cut.
      let configuration = TestServer.configuration { $0.limits.closing = .milliseconds(50) }
      for _ in 0..<20 {
        let server = try WebSocketServer(
          configuration: configuration, loop: loop, logger: TestServer.logger, onEvents: { _ in })
        let waiting = try RawSocket(port: server.port)
        let open = try RawWebSocket.open(port: server.port)
        await server.stop(code: .goingAway)
        #expect(RawWebSocket.readClose(open) == 1001)
        _ = waiting.readToEnd()
      }
      await loop.shutdown()
    }
  }
}

enum Pause {
  /// Returns when the loop has looked at its work at least once more.
  static func untilLoopTurns(_ loop: ServiceLoop) async {
    let turner = Turner(loop: loop)
    await turner.turn()
    await turner.turn()
  }

  private actor Turner {
    private let loop: ServiceLoop
    init(loop: ServiceLoop) { self.loop = loop }
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    /// Not empty: the way to an executor on which nothing is to be done is optimised away.
    func turn() { loop.checkIsolated() }
  }
}
