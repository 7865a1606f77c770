import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Whatever happens to bundles on their way: in the end everybody has everything, once.
@Suite struct BundleLawTests {
  @Test(arguments: 1...25) func bundlesAndSessionsInAnyOrderConverge(seed: UInt64) throws {
    let house = try House(seed: seed)
    var random = SplitMix64(seed: seed ^ 0xb0)
    let stations = [house.leader, house.coordinator, house.psychologist]
    var written: Set<String> = []
    var bundles: [(station: Workstation, parcel: Parcel)] = []
    var replies: [(station: Workstation, parcel: Parcel)] = []
    var count = (taken: 0, older: 0, before: 0, late: 0)
    for step in 0..<60 {
      let station = stations[random.below(stations.count)]
      switch random.below(10) {
      case 0...2:
        let text = "note \(step)"
        written.insert(text)
        try house.exchange.write([house.note(text)], at: station)
      case 3:
        try house.exchange.write(
          [house.annotation(Field.Assessment.childNotes, "value \(step)", at: station)], at: station)
      case 4, 5: bundles.append((station, try house.exchange.bundle(of: station)))
      case 6, 7:
        // Any of them, again and again, however old.
        guard !bundles.isEmpty else { continue }
        let chosen = bundles[random.below(bundles.count)]
        let (reply, code) = try house.exchange.take(chosen.parcel)
        #expect(code == nil, "seed \(seed)")
        replies.append((chosen.station, reply))
      case 8:
        guard !replies.isEmpty else { continue }
        let chosen = replies[random.below(replies.count)]
        switch try house.exchange.receive(chosen.parcel, at: chosen.station) {
        case .taken: count.taken += 1
        case .older: count.older += 1
        case .takenBefore: count.before += 1
        }
      default:
        try house.exchange.sync(station)
        count.late += 1
      }
    }
    for station in stations + stations { try house.exchange.sync(station) }
    for station in stations {
      #expect(Set(station.texts(.note, Field.Note.text)) == written, "seed \(seed)")
      #expect(station.texts(.note, Field.Note.text).count == written.count, "seed \(seed)")
      #expect(station.replica.pendingEntries(after: 0, limit: 1).isEmpty && station.replica.refused.isEmpty)
      #expect(station.faults.isEmpty, "seed \(seed) \(station.faults)")
      #expect(station.record(house.assessment)?.state == house.leader.record(house.assessment)?.state)
    }
    // Each change is in the log once.
    let log = house.exchange.server.store.log
    let names = Set(log.map { "\($0.change.header.record) \($0.change.header.id)" })
    #expect(names.count == log.count)
  }
}
