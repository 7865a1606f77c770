import CRDT
import CaseModel
import Foundation
import Storage
import SyncClient
import Synchronization
import TestProcesses
import Testing
import WireProtocol

extension EndToEnd {
  /// Broken messages against a server that others use, before and after the sender proved who he is.
  @Suite struct HostileBytesTests {
    private static let canary = "Karla Kanariefugl"

    @Test func brokenMessagesEndTheirSessionAndDisturbNobodyElse() async throws {
      let place = try await ServedPlace()
      let intruder = try await place.office.colleague("Ib", as: .coreTeam, of: place.leader)
      try intruder.write([[CaseWork.person(id: intruder.newIdentifier(), name: Self.canary)]])
      intruder.close()

      let attack = Attack(home: place.folder.path + "/Ib", port: place.port)
      async let outcomes = attack.run()
      var syncs = 0
      while !attack.isOver {
        try place.leader.write([[CaseWork.person(id: place.leader.newIdentifier(), name: Self.canary)]])
        try await Office.sync(place.leader)
        syncs += 1
      }
      check(try await outcomes)
      #expect(syncs >= 5)

      // The server goes on, and what it has is sound: nothing of the attack is in it.
      try place.leader.write([[CaseWork.person(id: place.leader.newIdentifier(), name: "Efter")]])
      try await Office.sync(place.leader)
      #expect(try place.leader.status().refused.isEmpty)
      let expected = try place.leader.records().count
      place.leader.close()
      try place.kosd.stop()
      let store = try ServerStore(directory: place.tenant)
      #expect(store.verify().isSound)
      #expect(try store.counts().records == expected)
      let actor = try intruderActor(place)
      #expect(try store.load().directory.devices[actor]?.journal.entries == 0)
      try store.close()

      // What people are called by their records is sealed in the database, and not in the log; their
      // accounts' names are there.
      let log = String(decoding: try Data(contentsOf: URL(filePath: place.log)), as: UTF8.self)
      #expect(log.contains("listening"))
      for word in [Self.canary, "Kanariefugl", "Efter", "Lene"] { #expect(!log.contains(word)) }
      let database = try Data(contentsOf: URL(filePath: place.tenant + "/tenant.db"))
      #expect(database.firstRange(of: Data(Self.canary.utf8)) == nil)
      #expect(database.firstRange(of: Data("Lene".utf8)) != nil)
    }

    private func intruderActor(_ place: ServedPlace) throws -> ActorID {
      let home = place.folder.path + "/Ib"
      let keys = try DeviceKeys(home: home, passphrase: Office.noPassphrase)
      let store = try ReplicaStore(home: home, seal: StoreSeal(keys.storeKeys))
      defer { try? store.close() }
      return try store.meta().actor
    }

    /// A spoilt message ends its session for a reason with a code of errors.md, and all the reasons that
    /// there should be occur. What is no message at all is closed as RFC 6455 has it.
    private func check(_ outcomes: Outcomes) {
      let known = Set(ErrorCode.all.filter(\.endsSession).map(\.code)).subtracting([.retry])
      for (outcome, count) in outcomes.spoilt {
        // A message that must be ignored gets no answer, and then its sender's time is over.
        let isTimeOver = outcome.code == nil && outcome.close == 1008 && count < 5
        #expect(outcome.code.map(known.contains) ?? isTimeOver, "\(count) times \(outcome)")
      }
      let codes = Set(outcomes.spoilt.keys.compactMap(\.code))
      for code in [ErrorCode.malformed, .unsupported, .unexpected, .badSignature, .noCommonVersion] {
        #expect(codes.contains(code), "\(code.name) never occurred")
      }
      #expect(outcomes.spoilt.values.reduce(0, +) >= 500)
      #expect(Set(outcomes.texts.keys) == [Attacker.Outcome(code: nil, close: 1003)])
      #expect(Set(outcomes.tooLong.keys) == [Attacker.Outcome(code: nil, close: 1009)])
      #expect(Set(outcomes.empty.keys) == [Attacker.Outcome(code: .malformed, close: 1007)])
      #expect(Set(outcomes.outOfOrder.keys) == [Attacker.Outcome(code: .unexpected, close: 1002)])
    }
  }
}

/// How attacks of each sort ended, and how often.
private struct Outcomes: Sendable {
  var spoilt: [Attacker.Outcome: Int] = [:]
  var texts: [Attacker.Outcome: Int] = [:]
  var empty: [Attacker.Outcome: Int] = [:]
  var tooLong: [Attacker.Outcome: Int] = [:]
  var outOfOrder: [Attacker.Outcome: Int] = [:]
}

/// Several hundred attacks, one after the other, on a thread of their own since they block.
private final class Attack: Sendable {
  private let home: String
  private let port: Int
  private let over = Mutex(false)

  var isOver: Bool { over.withLock { $0 } }

  init(home: String, port: Int) {
    self.home = home
    self.port = port
  }

  func run() async throws -> Outcomes {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { [self] in
        let result = Result { try attackAll() }
        over.withLock { $0 = true }
        continuation.resume(with: result)
      }
    }
  }

  private func attackAll() throws -> Outcomes {
    let attacker = try Attacker(home: home, port: port, seed: 2020)
    defer { try? attacker.close() }
    var outcomes = Outcomes()
    for round in 0..<24 {
      for mutation in Mutation.allCases {
        for stage in Attacker.Stage.allCases {
          outcomes.spoilt[try attacker.spoil(at: stage, by: mutation), default: 0] += 1
        }
      }
      // A server that often says nothing has failed; each silence costs seconds.
      if outcomes.spoilt.contains(where: { $0.key.code == nil && $0.value >= 5 }) { return outcomes }
      outcomes.outOfOrder[try attacker.sendOutOfOrder(), default: 0] += 1
      guard round % 6 == 0 else { continue }
      for stage in Attacker.Stage.allCases {
        outcomes.texts[try attacker.send(Array("tekst".utf8), opcode: 1, at: stage), default: 0] += 1
        outcomes.empty[try attacker.send([], opcode: 2, at: stage), default: 0] += 1
        let tooLong = [UInt8](repeating: 8, count: stage == .open ? 262_145 : 4_097)
        outcomes.tooLong[try attacker.send(tooLong, opcode: 2, at: stage), default: 0] += 1
      }
    }
    return outcomes
  }
}
