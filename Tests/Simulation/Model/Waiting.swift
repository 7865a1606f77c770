import CRDT
import CaseModel
import Replication
import WireProtocol

/// What waits for persons' decisions, and what they decided, as it is known from outside.
struct Waiting {
  /// An entry that waits.
  struct Work {
    /// The account and the person who wrote it.
    let account: Identifier
    let author: Identifier
    let receivedAt: Int64
    let changes: [EncodedChange]
    /// The digests of its changes, and those of what they stand for.
    let digests: [Digest]
    let originals: [Digest]

    var records: Set<Identifier> { Set(changes.map(\.header.record)) }
  }

  enum Outcome: Equatable {
    case accepted
    case refused(QuarantineReason)
  }

  private(set) var works: [QuarantineName: Work] = [:]
  private(set) var decided: [QuarantineName: Outcome] = [:]
  /// Who asked that something be refused, and why.
  private(set) var asked: [QuarantineName: [Identifier: Set<QuarantineReason>]] = [:]

  mutating func ask(_ name: QuarantineName, by person: Identifier, because reason: QuarantineReason) {
    asked[name, default: [:]][person, default: []].insert(reason)
  }

  mutating func add(_ name: QuarantineName, _ work: Work) { works[name] = work }

  mutating func settle(_ name: QuarantineName, _ outcome: Outcome) throws {
    guard works.removeValue(forKey: name) != nil else {
      throw Violation(.verdicts, "\(name) is decided, and does not wait")
    }
    decided[name] = outcome
  }
}

extension Oracle {
  /// What waits for a person's decision, by the model's own rule.
  func decidable(by person: Identifier, at instant: Int64) -> [QuarantineName] {
    waiting.works.filter { mayDecide(person, on: $0.value, at: instant) }.map(\.key).sorted()
  }

  /// Whether a person decides on what waits (`Protocol/governing.md`).
  ///
  /// - Parameter isLate: whether leaders may decide for those who coordinate; after 30 days, unless told.
  func mayDecide(
    _ person: Identifier, on work: Waiting.Work, at instant: Int64, isLate: Bool? = nil
  ) -> Bool {
    guard person != work.author else { return false }
    let isLate = isLate ?? (instant - work.receivedAt >= 30 * 86_400_000)
    return work.records.allSatisfy { record in
      guard let facts = facts[record], let caseID = readers.caseID(of: facts.home) else { return false }
      func decides(_ one: Identifier) -> Bool {
        readers.coordinators(of: caseID, at: instant).contains(one)
          && readers.mayRead(one, record, facts.kind, home: facts.home, at: instant)
      }
      if decides(person) { return true }
      guard readers.roles[person] == .leader,
        !readers.isWithheld(record, facts.kind, in: caseID, from: person)
      else { return false }
      let others = readers.coordinators(of: caseID, at: instant).filter { $0 != work.author }
      return isLate || !others.contains(where: decides)
    }
  }

  // MARK: What the server commits

  /// Entries that wait since a group.
  mutating func noteWaiting(in group: CommitGroup) throws {
    for entry in group.entries where entry.verdict.isQuarantined {
      let name = QuarantineName(actor: entry.actor, entry: entry.verdict.entry)
      guard let added = group.quarantine.added.first(where: { $0.entry.name == name }) else {
        throw Violation(.verdicts, "\(name) is to wait, and is not kept")
      }
      let changes = added.changes.map(\.change)
      guard let header = changes.first?.header, let author = persons[header.author] else {
        throw Violation(.values, "nobody is known to have written \(name)")
      }
      for change in changes where change != written[change.digest(after: previous(of: change, added))]?.change
      {
        throw Violation(.values, "\(name) waits with a change that nobody wrote")
      }
      try checkMightHaveBeenAllowed(changes, to: author)
      waiting.add(
        name,
        Waiting.Work(
          account: header.author, author: author, receivedAt: entry.verdict.receivedAt, changes: changes,
          digests: added.changes.map(\.digest),
          originals: added.changes.map { $0.change.header.originDigest ?? $0.digest }))
    }
  }

  /// What waited for a decision on what is erased nobody decides on any more.
  mutating func refuseErased() throws {
    for (name, work) in waiting.works.sorted(by: { $0.key < $1.key })
    where !work.records.isDisjoint(with: readers.erased) { try waiting.settle(name, .refused(.erased)) }
  }

  private func previous(of change: EncodedChange, _ added: QuarantineWrites.Added) -> Digest {
    added.changes.first { $0.change == change }?.previous ?? Digest(hashing: [])
  }

  /// What nobody was ever allowed does not wait, and neither does what governs.
  private func checkMightHaveBeenAllowed(_ changes: [EncodedChange], to author: Identifier) throws {
    for change in changes {
      guard let facts = facts[change.header.record] else { continue }
      guard facts.kind.definition?.home == .alias || readers.tookPart(author, in: facts.home) else {
        throw Violation(.access, "what \(author) writes waits, and she never had a part in the case")
      }
      let header = Consents.Header(
        home: facts.home, about: Set(facts.about), type: facts.informationType, receivedAt: .max, author: nil)
      guard facts.home.map({ readers.wasEverNamed(header, to: author, in: $0) }) != false else {
        throw Violation(.access, "what \(author) writes waits, and nobody ever consented to it")
      }
      guard !facts.kind.governsAccess else {
        throw Violation(.access, "\(change.header.record) governs, and waits")
      }
    }
  }

  /// What a group decided: who decided might, then.
  ///
  /// - Parameter before: what was so before the group.
  mutating func noteDecided(in group: CommitGroup, before: Oracle) throws {
    for decision in group.quarantine.decided {
      guard let work = waiting.works[decision.name] else {
        throw Violation(.verdicts, "\(decision.name) is decided, and does not wait")
      }
      func mightDecide(_ person: Identifier) -> Bool {
        mayDecide(person, on: work, at: decision.decidedAt)
          || before.mayDecide(person, on: work, at: decision.decidedAt)
      }
      switch decision.outcome {
      case .accepted:
        let deciders = group.changes.filter {
          $0.isAccepted && $0.change.header.originDigest.map(work.isOriginal) == true
        }.map(\.change.header.author)
        guard deciders.allSatisfy({ $0 == work.account || persons[$0].map(mightDecide) == true }) else {
          throw Violation(.access, "\(decision.name) was accepted by somebody who does not decide")
        }
        try waiting.settle(decision.name, .accepted)
      case .refused(let reason):
        // Nobody asks for what is refused with its record.
        if reason == .erased, !work.records.isDisjoint(with: readers.erased) {
          try waiting.settle(decision.name, .refused(reason))
          continue
        }
        let isAsked = waiting.asked[decision.name]?.contains {
          $0.value.contains(reason) && mightDecide($0.key)
        }
        guard isAsked == true else {
          throw Violation(.access, "\(decision.name) was refused by nobody who decides")
        }
        try waiting.settle(decision.name, .refused(reason))
      default: throw Violation(.verdicts, "\(decision.name) is decided without an outcome")
      }
    }
    for (name, work) in waiting.works
    where work.digests.indices.allSatisfy({
      isInLog(work.digests[$0]) || isInLog(work.originals[$0])
    }) {
      throw Violation(.verdicts, "\(name) was brought in, and waits still")
    }
    for (name, outcome) in waiting.decided where outcome == .accepted && before.waiting.decided[name] == nil {
      guard let work = before.waiting.works[name] ?? nil else { continue }
      guard work.digests.indices.allSatisfy({ isInLog(work.digests[$0]) || isInLog(work.originals[$0]) })
      else { throw Violation(.values, "\(name) is accepted, and not all of it is there") }
    }
  }

  // MARK: What the server says

  /// Whether a message is about what waits; then it says what is so, and to whom it may.
  func saidOfWaiting(_ message: WireServerMessage, to person: Identifier?, at instant: Int64) throws -> Bool {
    switch message.body {
    case .quarantine(let page):
      for entry in page.entries {
        let name = QuarantineName(entry.name)
        guard let person, let work = waiting.works[name], mayDecide(person, on: work, at: instant) else {
          throw Violation(.access, "\(name) was shown to somebody who does not decide on it")
        }
        guard try entry.changes.map({ try OfferedChange($0).change }) == work.changes else {
          throw Violation(.values, "\(name) is shown otherwise than it was written")
        }
      }
    case .quarantineNotice(let notice):
      let count = person.map { decidable(by: $0, at: instant).count } ?? 0
      guard notice.entries == count else {
        throw Violation(
          .status, "somebody is told that \(notice.entries) entries wait for her, and \(count) do")
      }
    case .quarantineDecisions(let message):
      for decision in try message.decisions.map(QuarantineDecision.init) {
        let known = waiting.decided[decision.name]
        let isSo =
          switch decision.outcome {
          case .waiting: waiting.works[decision.name] != nil
          case .accepted: known == .accepted
          case .refused(let reason): known == .refused(reason)
          case .unknown: false
          }
        guard isSo else {
          throw Violation(.verdicts, "\(decision.name) is said to be \(decision.outcome), and is not")
        }
      }
    default: return false
    }
    return true
  }
}

extension Waiting.Work {
  fileprivate func isOriginal(_ digest: Digest) -> Bool {
    digests.contains(digest) || originals.contains(digest)
  }
}
