import CRDT
import CaseModel

/// Records as a replica would hold them, written by drafts alone.
struct Ledger {
  private(set) var records: [Identifier: CaseRecord] = [:]
  private var clock: Int64 = 1_000

  /// Who writes where nobody else is named.
  static let author = Identifier(1)

  var all: [CaseRecord] { records.values.sorted { $0.id < $1.id } }
  var ids: Set<Identifier> { Set(records.keys) }

  subscript(id: Identifier) -> CaseRecord? { records[id] }

  /// Writes drafts in order; each author has seen all that is there.
  mutating func write(_ drafts: [RecordDraft], by author: Identifier = Self.author) {
    for draft in drafts { write(draft, by: author) }
  }

  /// Writes a draft; `seen` is what the author had seen, if not all that is there, `receivedAt` when the
  /// server received it, if it did, and `device` the number of the author's device where she has several.
  mutating func write(
    _ draft: RecordDraft, by author: Identifier = Self.author, seen: VersionVector? = nil,
    receivedAt: Int64? = nil, origin: Identifier? = nil, device: UInt64 = 0
  ) {
    clock += 1
    var state = records[draft.id]?.state ?? RecordState()
    let actor = ActorID(rawValue: (author.low ^ author.high) &+ device << 32)
    let id = ChangeID(actor: actor, number: state.version[actor] + 1)
    let context = ChangeContext(
      id: id, version: seen ?? state.version, author: author, writtenAt: clock, receivedAt: receivedAt)
    state.apply(Change(context: context, operations: draft.operations))
    let old = records[draft.id]
    records[draft.id] = CaseRecord(
      id: draft.id, kind: draft.kind, caseID: draft.caseID, created: old?.created ?? clock,
      receivedAt: 0,
      creator: old?.creator ?? author, about: draft.about, informationType: draft.informationType,
      origin: old?.origin ?? origin, state: state)
  }

  func file(_ caseID: Identifier) -> CaseFile { CaseFile(id: caseID, records: all) }
}

extension CalendarDay {
  /// A day of a literal, for tests that know it to be one.
  static func on(_ text: String) -> CalendarDay { (try? CalendarDay(text)) ?? .min }
}
