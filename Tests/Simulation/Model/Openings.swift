import CRDT
import CaseModel
import Replication
import WireProtocol

/// What was shown where, as it is known from outside, and what the server said to have written down of it.
struct Openings {
  /// Whose device showed it.
  private(set) var shown: [Digest: Identifier] = [:]
  /// The record of each.
  private(set) var records: [Digest: Identifier] = [:]
  /// What the server has for certain, and told the device so.
  private(set) var logged: Set<Digest> = []

  mutating func show(_ opening: Opening, to person: Identifier) {
    shown[opening.digest] = person
    records[opening.digest] = opening.event.record
  }

  /// The server has told a device that it has these.
  mutating func taken(_ openings: [Opening]) { logged.formUnion(openings.map(\.digest)) }

  /// A group is durable.
  func committed(_ group: CommitGroup) throws {
    for row in group.opened {
      guard let person = shown[row.opening.digest] else {
        throw Violation(.values, "\(row.opening.event.record) is said to have been opened, and nobody did")
      }
      guard row.agent.person == person else {
        throw Violation(.values, "\(row.opening.event.record) was opened by somebody else")
      }
    }
  }
}

/// A case that a leader opened although she takes no part in it, for four hours.
struct Glass {
  let caseID: Identifier
  let person: Identifier
  let period: Range<Int64>
  var isEnded = false

  static let length: Int64 = 4 * 60 * 60 * 1_000

  func opens(_ caseID: Identifier, to person: Identifier, at instant: Int64) -> Bool {
    self.caseID == caseID && self.person == person && !isEnded && period.contains(instant)
  }
}

extension Oracle {
  /// Whoever wrote what was accepted in a case takes part in it, and opens it only as a leader.
  func checkPart(
    _ change: WrittenChange, _ facts: Facts, by author: Identifier, at instant: Int64
  ) throws {
    let header = change.change.header
    if facts.kind == .breakGlass, readers.roles[author] != .leader {
      throw Violation(.access, "\(header.record) opens a case, and its author is no leader")
    }
    // What stands for another's is accepted by whoever decides on it.
    guard let caseID = facts.home, facts.kind.definition?.home == .caseFile, !facts.kind.governsAccess,
      facts.kind.definition?.isMilestone == false, header.originDigest == nil,
      readers.roles[author]?.isStaff == true
    else { return }
    let takesPart = readers.parts.values.contains {
      $0.person == author && $0.caseID == caseID && $0.role.isStaff && $0.stands(at: instant)
    }
    guard takesPart else {
      throw Violation(.access, "\(header.id) of \(header.record) was accepted, and its author takes no part")
    }
  }
}
