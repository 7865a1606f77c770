import CRDT
import CaseModel
import WireProtocol

/// What was proposed to be erased, and by whom; and what two persons have erased.
struct Erasures {
  struct Proposal {
    let caseID: Identifier
    let author: Identifier
    var records: Set<Identifier>
    var isEnded = false
    var isConfirmed = false
  }

  private(set) var proposals: [Identifier: Proposal] = [:]

  /// Takes in an accepted change of an erasure.
  ///
  /// - Returns: the proposal, when the change confirmed it.
  mutating func accept(
    _ change: WrittenChange, in caseID: Identifier, by person: Identifier
  ) throws -> Proposal? {
    let header = change.change.header
    let id = header.record
    if header.creates != nil { proposals[id] = Proposal(caseID: caseID, author: person, records: []) }
    guard var proposal = proposals[id] else { return nil }
    defer { proposals[id] = proposal }
    var isConfirming = false
    for operation in change.operations {
      switch (operation.field, operation.action) {
      case (Field.Erasure.records.id, .add(.identifier(let record))): proposal.records.insert(record)
      case (Field.Erasure.ended.id, .add): proposal.isEnded = true
      case (Field.Erasure.confirmedBy.id, .decide):
        guard person != proposal.author, !proposal.isEnded else {
          throw Violation(.access, "\(id) was confirmed by its author, or once it ended")
        }
        isConfirming = true
      default: break
      }
    }
    guard isConfirming else { return nil }
    proposal.isConfirmed = true
    return proposal
  }
}

extension Oracle {
  /// Takes in an accepted change of an erasure: what it names is nobody's from its confirmation on.
  mutating func noteErasure(_ change: WrittenChange, in caseID: Identifier) throws {
    guard let person = persons[change.change.header.author] else { return }
    guard let confirmed = try erasures.accept(change, in: caseID, by: person) else { return }
    guard readers.roles[person] == .leader else {
      throw Violation(.access, "\(change.change.header.record) was confirmed by somebody who is no leader")
    }
    for record in confirmed.records.sorted() {
      guard created.contains(record), let facts = facts[record], facts.kind.isErasedFromCase,
        facts.home == caseID || readers.caseID(of: facts.home) == caseID
      else { continue }
      readers.erased.insert(record)
      attachments.erased(record)
    }
  }

  /// Whether a record was to be erased before it was there.
  func isNamedByErasure(_ record: Identifier, in home: Identifier?) -> Bool {
    erasures.proposals.values.contains {
      $0.isConfirmed && $0.records.contains(record) && $0.caseID == readers.caseID(of: home)
    }
  }
}
