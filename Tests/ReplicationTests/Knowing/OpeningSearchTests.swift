import CRDT
import Testing
import WireProtocol

@testable import Replication

/// Looking for the rows of what was opened in the log that the server signed.
@Suite struct OpeningSearchTests {
  private static let account = Identifier(high: 3, low: 1)
  private static let person = Identifier(high: 3, low: 2)
  private static let signedAt: Int64 = 10_000_000

  /// A log in memory, in which one row in two is somebody's opening.
  private struct Log: MerkleHashSource {
    var rows: [LogRow] = []
    var size: UInt64 { UInt64(rows.count) }

    mutating func add(_ opening: Opening, by person: Identifier = OpeningSearchTests.person) {
      let agent = LogAgent(
        person: person, account: OpeningSearchTests.account, device: ActorID(rawValue: 9))
      rows.append(
        LogRow(
          recordedAt: 5, agent: agent, opened: opening.event, salts: (opening.agentSalt, opening.eventSalt)))
      rows.append(.padding(salt: Identifier(high: 8, low: size)))
    }

    func hashes(of nodes: [MerkleNode]) -> [Digest] { nodes.map(root) }

    private func root(of node: MerkleNode) -> Digest {
      let count = 1 << Int(node.level)
      let start = Int(node.index) * count
      var frontier = MerkleFrontier()
      for row in rows[start..<start + count] { frontier.append(row.leafHash(in: .opened)) }
      return frontier.root
    }

    func signed(at time: Int64) throws -> SignedCheckpoint {
      var frontier = MerkleFrontier()
      for row in rows { frontier.append(row.leafHash(in: .opened)) }
      return try SigningKey(secret: [UInt8](repeating: 7, count: 32)).sign(
        LogCheckpoint(
          tenant: Identifier(high: 1, low: 1), kind: .opened, log: Identifier(high: 2, low: 2),
          size: size, root: frontier.root, signedAt: time))
    }

    func answer(_ opening: Opening, _ change: (LogRow) -> LogRow = { $0 }) throws -> WireInclusion {
      guard
        let place = rows.firstIndex(where: {
          if case .entry(_, _, let event) = $0.blindingEvent() {
            event == .blinded(opening.digest)
          } else {
            false
          }
        })
      else { return .init() }
      let proof = try inclusionProof(ofLeaf: UInt64(place), size: size)
      return .with {
        $0.rows = [
          .with {
            $0.row = .init(change(rows[place]).blindingEvent().encoded)
            $0.proof = WireInclusionProof(proof)
          }
        ]
      }
    }
  }

  private func opening(_ number: UInt64) -> Opening {
    Opening(
      OpenedEvent(record: Identifier(high: 5, low: number), openedAt: 5, purpose: "coordination"),
      agentSalt: Identifier(high: 6, low: number), eventSalt: Identifier(high: 7, low: number))
  }

  private func taken(_ number: UInt64, at time: Int64 = 0) -> TakenOpening {
    TakenOpening(event: opening(number).digest, takenAt: time)
  }

  private func search(_ log: Log) throws -> OpeningSearch {
    OpeningSearch(
      in: try log.signed(at: Self.signedAt), person: Self.person, account: Self.account)
  }

  @Test func aRowThatStandsInTheLogIsFound() throws {
    var log = Log()
    for number in 0..<9 { log.add(opening(UInt64(number))) }
    for number in 0..<9 {
      var search = try search(log)
      let question = search.next(of: [taken(UInt64(number))])
      #expect(question?.size == 18 && question?.events == [.init(opening(UInt64(number)).digest.bytes)])
      #expect(!search.isIdle && search.next(of: [taken(3)]) == nil)
      let outcomes = search.receive(try log.answer(opening(UInt64(number))))
      #expect(outcomes == [.found([opening(UInt64(number)).digest])] && search.isIdle)
    }
  }

  @Test func aRowThatIsNotThereIsDroppedOnceItIsDue() throws {
    var log = Log()
    log.add(opening(1))
    let due = Self.signedAt - OpeningSearch.grace
    for (time, isDropped) in [(due, true), (due + 1, false), (Int64.min, false), (Int64.max, false)] {
      var search = try search(log)
      _ = search.next(of: [taken(1), taken(2, at: time)])
      let outcomes = search.receive(try log.answer(opening(1)))
      #expect(outcomes.first == .found([opening(1).digest]))
      #expect(outcomes.contains(.dropped(shown: try log.signed(at: Self.signedAt))) == isDropped)
    }
  }

  /// Whatever a server answers: it is not found, and so it was dropped.
  @Test func noAnswerGetsAroundIt() throws {
    var log = Log()
    for number in 0..<9 { log.add(opening(UInt64(number))) }
    log.add(opening(20), by: Identifier(high: 3, low: 9))
    let honest = try log.answer(opening(4))
    var answers = [WireInclusion(), try log.answer(opening(5)), try log.answer(opening(20))]
    answers.append(try log.answer(opening(4)) { $0.blindingAgent() })
    answers.append(try log.answer(opening(4)) { $0.withholding(in: .opened) })
    for change: (inout WireKnownRow) -> Void in [
      { $0.proof.index += 1 }, { $0.proof.size -= 1 }, { $0.proof.path[0][0] ^= 1 },
      { $0.proof.path.removeLast() }, { $0.row = .init() }, { $0.row[20] ^= 1 },
      { $0.proof.path = .init(repeating: .init(repeating: 0, count: 32), count: 1_000) },
    ] {
      var answer = honest
      change(&answer.rows[0])
      answers.append(answer)
    }
    for answer in answers {
      var search = try search(log)
      _ = search.next(of: [taken(4)])
      #expect(search.receive(answer) == [.found([]), .dropped(shown: try log.signed(at: Self.signedAt))])
    }
    var search = try search(log)
    _ = search.next(of: [taken(4)])
    #expect(search.receive(honest) == [.found([opening(4).digest])])
    // Somebody else's row of the same event is not hers.
    _ = search.next(of: [taken(20)])
    #expect(search.receive(try log.answer(opening(20))).count == 2)
  }

  @Test func aServerThatSaysNothingIsGivenUp() throws {
    var search = try search(Log())
    let isOver = search.tick()
    #expect(!isOver)
    _ = search.next(of: [taken(1)])
    let overdue = (0..<4).map { _ in search.tick() }
    #expect(overdue == [false, false, false, true])
  }
}
