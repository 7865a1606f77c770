import CRDT
import CaseModel
import Replication
import WireProtocol

/// A house in which servers and devices are set back, restored and cloned at random, and what was written in
/// it.
final class HealingWorld {
  /// How much happened.
  struct Tally: CustomStringConvertible {
    var writes = 0
    var serverRestores = 0
    var serverSetBacks = 0
    var clientRestores = 0
    var clones = 0
    var backups = 0
    /// Orders to let go of copies that were carried out.
    var watermarks = 0
    var forks = 0
    var epochs = 0
    var returned = 0
    var branched = 0
    /// Entries that still wait for what nobody can give back.
    var awaiting = 0

    mutating func add(_ other: Tally) {
      writes += other.writes
      serverRestores += other.serverRestores
      serverSetBacks += other.serverSetBacks
      clientRestores += other.clientRestores
      clones += other.clones
      backups += other.backups
      watermarks += other.watermarks
      forks += other.forks
      epochs += other.epochs
      returned += other.returned
      branched += other.branched
      awaiting += other.awaiting
    }

    var description: String {
      "\(writes) writes, \(serverRestores) servers restored, \(serverSetBacks) set back unnoticed, "
        + "\(clientRestores) devices restored, \(clones) cloned, \(backups) backups, "
        + "\(watermarks) watermarks, \(forks) forks, \(epochs) epochs, "
        + "\(returned) changes returned, \(branched) brought in, "
        + "\(awaiting) entries wait for what nobody can give back"
    }
  }

  /// A value written into a field that all share, with what its author saw there.
  struct Edit {
    let text: String
    let seen: Set<String>
  }

  let house: House
  var exchange: Exchange { house.exchange }
  private(set) var stations: [Workstation]
  private(set) var tally = Tally()
  private var random: SplitMix64
  private var serverCopies: [ServerModel] = []
  /// What the verified backups of this history contain, the newest last.
  private var backups: [BackupMark] = []
  private var replicaCopies: [(station: Int, replica: ReplicaModel)] = []
  private var notes: [Identifier: String] = [:]
  private var edits: [Edit] = []
  /// The notes into whose texts characters were put, one at a time, each a character of its own.
  private var insertions: [Character: Identifier] = [:]
  private let field = Field.Assessment.childNotes
  private var faults: [String] = []

  init(seed: UInt64) throws {
    house = try House(seed: seed)
    random = SplitMix64(seed: seed &* 7_919)
    stations = [house.leader, house.coordinator, house.psychologist]
    for person in stations { stations.append(try secondDevice(of: person)) }
    for station in stations { try exchange.sync(station) }
  }

  private func secondDevice(of station: Workstation) throws -> Workstation {
    let role: Role = [.leader, .familyCoordinator, .coreTeam][stations.firstIndex { $0 === station } ?? 0]
    let (request, code) = exchange.invitation(4, to: role, person: station.person, name: station.name)
    try exchange.connect(station)
    exchange.run()
    try exchange.invite(request, by: station)
    exchange.run()
    exchange.cut(station)
    return try exchange.enrol(station.name + " 2", with: code)
  }

  // MARK: Living

  /// Lets things happen: work, exchange, cut connections, and disasters.
  func live() throws {
    for _ in 0..<(20 + random.below(30)) {
      switch random.below(22) {
      case 0..<6: try write(at: any())
      case 6..<12: try exchange(any())
      case 12: try cutExchange(any())
      case 13, 14: serverCopies.append(exchange.server)
      case 15, 16:
        let index = random.below(stations.count)
        replicaCopies.append((index, stations[index].replica))
      case 17: try setServerBack()
      case 18: restoreDevice()
      case 20, 21: backUpServer()
      default: clone()
      }
    }
  }

  private func any() -> Workstation { stations[random.below(stations.count)] }

  private func write(at station: Workstation) throws {
    tally.writes += 1
    let text = "text \(tally.writes)"
    let shared = station.replica.records.filter { $0.kind == .note }
    if random.below(3) == 0, !shared.isEmpty {
      try insert(into: shared[random.below(shared.count)], at: station)
    } else if random.below(2) == 0 {
      let id = exchange.identifier()
      try exchange.write([house.note(text, id: id)], at: station)
      notes[id] = text
    } else if let record = station.record(house.assessment) {
      let seen = record.state.values(field.id).compactMap { value -> String? in
        if case .text(let text) = value.value { text } else { nil }
      }
      try exchange.write([try house.annotation(field, text, at: station)], at: station)
      edits.append(Edit(text: text, seen: Set(seen)))
    }
  }

  /// Puts one character anywhere into a note's text, which others write in as well.
  private func insert(into note: CaseRecord, at station: Workstation) throws {
    guard let scalar = Unicode.Scalar(Self.firstInserted + UInt32(tally.writes)) else { return }
    var editor = TextEditor(note.state.text(Field.Note.text.id))
    editor.insert(String(scalar), at: random.below(editor.count + 1))
    var draft = RecordDraft.change(note)
    draft.edit(Field.Note.text, editor.finish())
    try exchange.write([draft], at: station)
    insertions[Character(scalar)] = note.id
  }

  /// The first character of a private area of Unicode.
  private static let firstInserted: UInt32 = 0xe000

  private func exchange(_ station: Workstation) throws {
    for _ in 0...random.below(3) { try exchange.sync(station) }
  }

  /// An exchange whose connection breaks somewhere.
  private func cutExchange(_ station: Workstation) throws {
    try exchange.connect(station)
    for _ in 0..<random.below(6) { _ = exchange.step() }
    exchange.cut(station)
    exchange.run()
  }

  private func setServerBack() throws {
    guard !serverCopies.isEmpty else { return }
    exchange.server = serverCopies[random.below(serverCopies.count)]
    exchange.server.restart(seed: random.next())
    // Those of a history that the log has left count for nothing.
    backups = backups.filter(exchange.server.contains)
    exchange.server.update(backups: backups.suffix(TenantMachine.backupsNeeded))
    if random.below(2) == 0 {
      tally.serverRestores += 1
      try exchange.server.beginEpoch()
    } else {
      tally.serverSetBacks += 1
    }
  }

  /// Makes a backup. Nobody sets the server back behind the two newest any more: devices keep nothing for
  /// that.
  private func backUpServer() {
    tally.backups += 1
    backups.append(exchange.server.backupMark())
    guard backups.count >= TenantMachine.backupsNeeded else { return }
    let newest = backups.suffix(TenantMachine.backupsNeeded)
    exchange.server.update(backups: Array(newest))
    serverCopies.removeAll { copy in !newest.prefix(1).allSatisfy(copy.contains) }
  }

  private func restoreDevice() {
    guard !replicaCopies.isEmpty else { return }
    tally.clientRestores += 1
    let copy = replicaCopies[random.below(replicaCopies.count)]
    stations[copy.station].replica = copy.replica
  }

  private func clone() {
    guard stations.count < 9 else { return }
    tally.clones += 1
    stations.append(Workstation(cloning: any()))
  }

  // MARK: Settling

  /// Everybody exchanges until nothing moves; whoever must be confirmed is.
  func settle() throws {
    var last: [String] = []
    for _ in 0..<12 {
      for station in stations {
        for _ in 0..<3 { try exchange.sync(station) }
      }
      exchange.server.confirmEverybody()
      let now = stations.map { "\($0.replica.epoch) \($0.replica.journal().entries) \(shown($0).sorted())" }
      if now == last { break }
      last = now
    }
    for station in stations {
      faults += station.faults.map { "\(station.name): \($0)" }
      let healings = station.replica.healings
      tally.watermarks += station.replica.watermarks.count
      tally.forks += healings.count { $0.succeeds }
      for healed in healings {
        tally.returned += healed.counts.returned
        tally.branched += healed.counts.branched
      }
    }
    tally.epochs = exchange.server.directory.tenant.epochs.count - 1
  }

  private func shown(_ station: Workstation) -> [String] {
    station.texts(.note, Field.Note.text) + annotations(station.record(house.assessment)?.state)
  }

  private func annotations(_ state: RecordState?) -> [String] {
    (state?.values(field.id) ?? []).compactMap { live in
      if case .text(let text) = live.value { text } else { nil }
    }
  }

  // MARK: Looking

  /// What is wrong once everybody has settled.
  ///
  /// Work that was never accepted, and builds on what the server has lost and nobody can give back, waits.
  func problems() -> [String] {
    var problems: [String] = []
    let waiting = stations.flatMap(waitingTexts)
    tally.awaiting = stations.reduce(0) { $0 + $1.replica.awaiting.count }
    let survivors = survivingTexts().subtracting(waiting)
    let records = exchange.server.store.records
    for (id, text) in notes where survivors.contains(text) {
      let there = (records[id]?.state.text(Field.Note.text.id).string ?? "").filter { insertions[$0] == nil }
      if there != text { problems.append("note \(text) is there as \(there)") }
    }
    for (character, id) in insertions where survivors.contains(String(character)) {
      let text = records[id]?.state.text(Field.Note.text.id).string ?? ""
      let count = text.count { $0 == character }
      if count != 1 { problems.append("a character is there \(count) times in \(notes[id] ?? "")") }
    }
    let live = annotations(records[house.assessment]?.state)
    if Set(live).count != live.count { problems.append("an annotation is there twice: \(live)") }
    for edit in edits where survivors.contains(edit.text) && !live.contains(edit.text) {
      let isSettled = edits.contains { survivors.contains($0.text) && $0.seen.contains(edit.text) }
      if !isSettled { problems.append("annotation \(edit.text) is lost") }
    }
    for station in stations {
      for (number, code) in station.replica.refused {
        problems.append("\(station.name) was refused entry \(number): \(code.name)")
      }
      if !station.replica.pendingEntries(after: 0, limit: 1).isEmpty {
        problems.append("\(station.name) still waits (\(station.takeReports().suffix(4)))")
      }
      for note in station.replica.records where note.kind == .note {
        // What a device has as a state, and nobody as a change, cannot be given back.
        guard let snapshot = records[note.id], snapshot.facts != nil else { continue }
        let there = snapshot.state.text(Field.Note.text.id).string
        if note.text(Field.Note.text) != there { problems.append("\(station.name) shows another text") }
      }
      let here = annotations(station.record(house.assessment)?.state)
      if Set(here) != Set(live) { problems.append("\(station.name) shows \(here), the server \(live)") }
    }
    return problems
  }

  private func texts(in payload: [UInt8]) -> [String] {
    ((try? Payload(encoded: payload).operations) ?? []).compactMap { operation in
      switch operation.action {
      case .assign(.text(let text)): text
      case .edit(let edit): edit.text
      default: nil
      }
    }
  }

  private func waitingTexts(at station: Workstation) -> [String] {
    station.replica.awaiting.flatMap(\.entry.changes).flatMap { texts(in: $0.payload) }
  }

  /// The texts that the server or a device still has, as changes.
  private func survivingTexts() -> Set<String> {
    var texts: Set<String> = []
    func add(_ payload: [UInt8]) { texts.formUnion(self.texts(in: payload)) }
    for change in exchange.server.store.log where change.isAccepted { add(change.change.payload) }
    for station in stations {
      for entry in station.replica.entries { entry.linked.entry.changes.forEach { add($0.payload) } }
      for entry in station.replica.superseded { entry.entry.changes.forEach { add($0.payload) } }
    }
    for change in returnable() { add(change.change.payload) }
    return texts
  }

  /// What is kept as a change, and whose chain somebody keeps back to what the log has: what is kept behind a
  /// change that is here as a state alone cannot be given back.
  private func returnable() -> [OfferedChange] {
    let kept = stations.flatMap(\.replica.kept)
    let byDigest = Dictionary(kept.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
    let logged = Set(exchange.server.store.log.map(\.digest))
    return kept.filter { change in
      var current = change
      while current.change.header.id.number > 1, !logged.contains(current.previous) {
        guard let before = byDigest[current.previous] else { return false }
        current = before
      }
      return true
    }
  }
}
