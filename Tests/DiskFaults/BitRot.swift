import CRDT
import CaseModel
import Replication
import SimulatedDisk
import Storage

/// Flips bits of one byte of a store at rest, again and again, and looks what it then says.
public struct BitRot {
  /// What came of the flips.
  public struct Figures: Sendable {
    public var flips = 0
    /// The store did not open, or said no to a question, or its check found it.
    public var detected = 0
    /// Everything is as before.
    public var harmless = 0
    /// The store gave another answer than before, and said nothing: at most 20 of them.
    public var wrongAnswers: [String] = []
  }

  private let household: Household

  /// Makes a household with some work in it.
  public init(seed: UInt64) throws {
    household = try Household(seed: seed)
    let run = try ScriptRun(household, Script(seed: seed, length: 30), nil, name: "rot-\(seed)")
    try run.run()
    household.serverDisk.restore(from: run.serverDisk)
    for (disk, other) in zip(household.deviceDisks, run.deviceDisks) { disk.restore(from: other) }
  }

  /// Flips bytes of the server's database.
  public func server(flips: Int) throws -> Figures {
    try attempt(flips, on: household.serverDisk, "tenant/tenant.db") { disk in
      let store = try ServerStore(directory: disk.path + "/tenant", keys: Household.recordKeys)
      defer { try? store.close() }
      return Answers(try store.answers(household.caseID), isSound: store.verify().isSound)
    }
  }

  /// Flips bytes of a device's database.
  public func device(flips: Int) throws -> Figures {
    try attempt(flips, on: household.deviceDisks[1], "home/replica.db") { disk in
      let store = try ReplicaStore(home: disk.path + "/home", seal: try Household.seal())
      defer { try? store.close() }
      return Answers(try store.answers(), isSound: (try? store.isWhole()) ?? false)
    }
  }

  /// What a store says; `nil` where it says that it cannot.
  private struct Answers {
    let byQuestion: [String: AnyHashable?]
    let isSound: Bool

    init(_ byQuestion: [String: AnyHashable?], isSound: Bool) {
      self.byQuestion = byQuestion
      self.isSound = isSound
    }
  }

  private func attempt(
    _ flips: Int, on disk: SimulatedDisk, _ file: String, _ ask: (SimulatedDisk) throws -> Answers
  ) throws -> Figures {
    var figures = Figures()
    var random = SplitMix64(seed: household.seed)
    let bytes = disk.bytes(of: file)?.count ?? 0
    try require(bytes > 0, "there is no \(file)")
    let whole = disk.clone(as: disk.name + "-whole")
    let expected = try ask(whole)
    try require(expected.isSound, "\(file) is not sound to begin with")
    for _ in 0..<flips {
      let offset = Int.random(in: 0..<bytes, using: &random)
      let bits = UInt8.random(in: 1...255, using: &random)
      let copy = disk.clone(as: disk.name + "-rotten")
      copy.flip(bits, at: offset, of: file)
      figures.flips += 1
      guard let answers = try? ask(copy) else {
        figures.detected += 1
        continue
      }
      let wrong = answers.byQuestion.first { question, answer in
        answer != nil && expected.byQuestion[question] != .some(answer)
      }
      let missing = expected.byQuestion.keys.first { answers.byQuestion.index(forKey: $0) == nil }
      if let wrong = wrong?.key ?? missing, figures.wrongAnswers.count < 20 {
        figures.wrongAnswers.append("\(file) at \(offset), bits \(bits): \(wrong)")
      }
      let isSame = answers.byQuestion == expected.byQuestion
      if !answers.isSound || !isSame { figures.detected += 1 } else { figures.harmless += 1 }
    }
    return figures
  }
}

extension ServerStore {
  /// What it says of everything that it serves.
  fileprivate func answers(_ caseID: Identifier) throws -> [String: AnyHashable?] {
    let (directory, _, position, _) = try load()
    var answers: [String: AnyHashable?] = ["position": position]
    for (id, account) in directory.accounts { answers["account \(id)"] = account }
    for (actor, device) in directory.devices {
      answers["device \(actor)"] = device
      for entry in 1...max(1, min(device.journal.entries, 200)) {
        answers.updateValue(try? verdict(on: entry, of: actor), forKey: "entry \(actor) \(entry)")
      }
      for record in outstanding(for: actor, in: caseID) {
        answers["for \(actor) \(record.reference.id)"] = record
      }
    }
    // To a device that holds nothing, all there is.
    for record in outstanding(for: ActorID(rawValue: 0), in: caseID) {
      let id = record.reference.id
      answers["reference of \(id)"] = record
      answers.updateValue(try? enterContent(id), forKey: "state of \(id)")
    }
    return answers
  }

  private func outstanding(for actor: ActorID, in caseID: Identifier) -> [OutstandingRecord] {
    (try? outstanding(for: actor, in: [.register, .caseFile(caseID)], after: 0, all: true)) ?? []
  }
}

extension ReplicaStore {
  /// What it shows.
  fileprivate func answers() throws -> [String: AnyHashable?] {
    var answers: [String: AnyHashable?] = ["journal": try journal().digest]
    for record in try records() {
      answers["record \(record.id)"] = record
      answers.updateValue(try? history(of: record.id), forKey: "history \(record.id)")
    }
    for entry in try pendingEntries(after: 0, limit: 100) {
      answers["entry \(entry.journal.entries)"] = entry.journal.digest
    }
    return answers
  }
}
