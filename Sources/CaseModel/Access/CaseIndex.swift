import CRDT

/// The governing records of a case by what a verdict looks them up by. Made anew with each governing record,
/// so that a verdict, which is asked for each change and each reader, searches nothing.
final class CaseIndex: Sendable {
  /// What is withheld from one person by all records together.
  struct Withheld: Sendable, Hashable {
    var records: Set<Identifier> = []
    var subjects: Set<Identifier> = []
    var isWholeCase = false
  }

  /// The participations of each person, ended ones too.
  let parts: [Identifier: [Participation]]
  /// The consents for each recipient.
  let consents: [Identifier: [Consent]]
  /// The grounds for each recipient.
  let grounds: [Identifier: [Ground]]
  /// The releases to each person.
  let releases: [Identifier: [Release]]
  /// What is withheld from each person.
  let withheld: [Identifier: Withheld]
  /// How each record is classified anew.
  let reclassified: [Identifier: [Reclassification]]
  /// The custody of each subject.
  let custody: [Identifier: [Custody]]
  /// What each person broke the glass for.
  let glasses: [Identifier: [BreakGlass]]
  /// What two persons had erased, and ids that they named and that are no records of the case.
  let erased: Set<Identifier>
  /// Whether the case went to another tenant.
  let isMovedAway: Bool
  /// The reasons of decisions that were issued.
  let issuedReasons: Set<Identifier>
  /// For each record what says who may read it, in order.
  let audienceRecords: [Identifier: [Identifier]]

  /// Puts in order what a case's governing records say.
  init(_ contents: CaseContents) {
    parts = Self.grouped(contents.participants, by: \.person)
    consents = Self.grouped(contents.consents, by: \.provision.recipient)
    grounds = Self.grouped(contents.grounds, by: \.provision.recipient)
    releases = Self.grouped(contents.releases, by: \.person)
    reclassified = Self.grouped(contents.reclassifications, by: \.record)
    custody = Self.grouped(contents.custodies, by: \.subject)
    glasses = Self.grouped(contents.glasses, by: \.person)
    isMovedAway = contents.transfers.values.contains(where: \.isInForce)
    issuedReasons = Set(contents.decisions.values.filter(\.isIssued).compactMap(\.reasons))
    audienceRecords = Self.audienceRecords(contents)
    erased = Set(contents.erasures.values.filter(\.isConfirmed).flatMap(\.records))
    var withheld: [Identifier: Withheld] = [:]
    for withholding in contents.withholdings.values where !withholding.isEmpty {
      withheld[withholding.person, default: Withheld()].records.formUnion(withholding.records)
      withheld[withholding.person, default: Withheld()].subjects.formUnion(withholding.subjects)
      if withholding.isWholeCase { withheld[withholding.person, default: Withheld()].isWholeCase = true }
    }
    self.withheld = withheld
  }

  private static func audienceRecords(_ contents: CaseContents) -> [Identifier: [Identifier]] {
    var found: [Identifier: Set<Identifier>] = [:]
    for (id, release) in contents.releases where !release.isEnded {
      for record in release.records { found[record, default: []].insert(id) }
    }
    for (id, reclassification) in contents.reclassifications {
      found[reclassification.record, default: []].insert(id)
    }
    for id in contents.audiences.keys { found[id, default: []].insert(id) }
    return found.mapValues { $0.sorted() }
  }

  /// What records say, by a key of it; in order of record, so that equal cases have equal indices.
  private static func grouped<Grant>(
    _ grants: [Identifier: Grant], by key: (Grant) -> Identifier
  ) -> [Identifier: [Grant]] {
    if grants.isEmpty { return [:] }
    return Dictionary(grouping: grants.sorted { $0.key < $1.key }.map(\.value), by: key)
  }
}
