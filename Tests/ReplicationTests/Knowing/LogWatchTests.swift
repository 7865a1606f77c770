import CRDT
import Testing
import WireProtocol

@testable import Replication

/// What a device holds against what its server says of the logs of knowing.
@Suite struct LogWatchTests {
  /// A server's log in memory, which can be two.
  struct Log {
    let key: SigningKey
    let tenant = Identifier(high: 1, low: 1)
    var id = Identifier(high: 2, low: 2)
    var leaves: [Digest] = []
    var time: Int64 = 1_000_000

    init() throws { key = try SigningKey(secret: [UInt8](repeating: 7, count: 32)) }

    mutating func grow(to size: Int, _ word: UInt8 = 0) {
      while leaves.count < size { leaves.append(MerkleTree.leafHash([word, UInt8(leaves.count)])) }
    }

    var signed: SignedCheckpoint {
      var frontier = MerkleFrontier()
      for leaf in leaves { frontier.append(leaf) }
      return key.sign(
        LogCheckpoint(
          tenant: tenant, kind: .delivered, log: id, size: frontier.size, root: frontier.root,
          signedAt: time))
    }

    func answer(from size: UInt64) throws -> WireCheckpoints {
      var one = WireCheckpointAnswer()
      one.checkpoint = WireSignedCheckpoint(signed)
      if size <= leaves.count {
        one.proof = WireConsistencyProof(
          try Nodes(leaves: leaves).consistencyProof(from: size, to: UInt64(leaves.count)))
      }
      return .with { $0.logs = [one] }
    }
  }

  /// Hashes of subtrees, worked out when they are asked for.
  private struct Nodes: MerkleHashSource {
    let leaves: [Digest]
    var size: UInt64 { UInt64(leaves.count) }

    func hashes(of nodes: [MerkleNode]) -> [Digest] {
      nodes.map { node in
        let count = 1 << Int(node.level)
        let start = Int(node.index) * count
        var frontier = MerkleFrontier()
        for leaf in leaves[start..<start + count] { frontier.append(leaf) }
        return frontier.root
      }
    }
  }

  private func watch(_ log: Log, keeping kept: [SignedCheckpoint] = []) throws -> LogWatch {
    LogWatch(tenant: log.tenant, key: try VerifyingKey(bytes: log.key.publicKey), kept: kept)
  }

  private func ask(_ watch: inout LogWatch, of log: Log) throws -> [LogWatch.Outcome] {
    try watch.receive(try log.answer(from: watch.request.deliveredSize), at: log.time)
  }

  @Test func itGoesForwardWithAnHonestLogAndOverSessions() throws {
    var log = try Log()
    var device = try watch(log)
    for size in [0, 3, 3, 32, 100] {
      log.grow(to: size)
      #expect(try ask(&device, of: log) == [.advanced(log.signed)])
      device = try watch(log, keeping: [log.signed])
      #expect(device.request.deliveredSize == UInt64(size))
    }
  }

  @Test func aRowThatWasAlteredAndASecondHistoryAreFoundAndWhatIsKeptStays() throws {
    var log = try Log()
    log.grow(to: 32)
    let kept = log.signed
    var other = try Log()
    other.grow(to: 31)
    other.grow(to: 32, 1)
    var device = try watch(log, keeping: [kept])
    let split = try #require(SplitView(known: kept, shown: other.signed))
    #expect(try ask(&device, of: other) == [.found(.splitView(split), shown: other.signed)])
    other.grow(to: 64)
    #expect(try ask(&device, of: other) == [.found(.unproven, shown: other.signed)])
    #expect(device.request.deliveredSize == 32)
    var short = try Log()
    short.grow(to: 20)
    #expect(try ask(&device, of: short) == [.found(.unproven, shown: short.signed)])
    var begun = log
    begun.id = Identifier(high: 9, low: 9)
    #expect(try ask(&device, of: begun) == [.found(.replaced, shown: begun.signed)])
    log.grow(to: 40)
    #expect(try ask(&device, of: log) == [.advanced(log.signed)])
  }

  @Test func anOldCheckpointThatStandsUpIsStale() throws {
    var log = try Log()
    log.grow(to: 5)
    var device = try watch(log)
    let answer = try log.answer(from: 0)
    let late = log.time + 2 * Limits.checkpointSeconds * 1_000 + 1
    #expect(try device.receive(answer, at: late) == [.advanced(log.signed), .stale(log.signed)])
  }

  @Test func whatIsNoAnswerIsRefused() throws {
    var log = try Log()
    log.grow(to: 2)
    var device = try watch(log)
    var twice = try log.answer(from: 0)
    twice.logs += twice.logs
    var torn = try log.answer(from: 0)
    torn.logs[0].checkpoint.body.removeLast()
    var broken = try log.answer(from: 0)
    broken.logs[0].proof.path = [.init([1, 2, 3])]
    for answer in [twice, torn, broken] {
      #expect(throws: ProtocolError.self) { try device.receive(answer, at: log.time) }
    }
    #expect(device.request.deliveredSize == 2 || device.request.deliveredSize == 0)
  }
}
