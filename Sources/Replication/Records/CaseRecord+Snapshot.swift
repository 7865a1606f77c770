public import CRDT
public import CaseModel
public import WireProtocol

extension CaseRecord {
  /// The record as the case model reads it; `nil` for one that was never created.
  ///
  /// - Parameters:
  ///   - snapshot: the record's facts and heads.
  ///   - state: what is to be shown; the snapshot's own state when none is given.
  ///   - creator: the person behind the creating account, if known.
  public init?(_ snapshot: RecordSnapshot, showing state: RecordState? = nil, creator: Identifier?) {
    guard let facts = snapshot.facts else { return nil }
    self.init(
      id: snapshot.record, kind: RecordKind(rawValue: facts.kind), caseID: facts.caseID,
      created: facts.created, receivedAt: snapshot.receivedAt == 0 ? nil : snapshot.receivedAt,
      creator: creator, about: facts.about, informationType: InformationType(rawValue: facts.informationType),
      origin: facts.tenant, state: state ?? snapshot.state)
  }
}
