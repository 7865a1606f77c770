public import CRDT

/// Who may read a record as far as is said of the record itself: whose data it holds, of what types, to whom
/// it is closed, and to whom it was released by name.
///
/// Who takes part, and what somebody consented to, says nothing of the record: a new person in a role or with
/// a ground is no widening of it.
public struct Readership: Sendable, Hashable {
  /// All of whom must be covered.
  private let about: Set<Identifier>
  /// All of which must be covered.
  private let types: Set<InformationType>
  /// To whom it is closed, by the record that says so.
  private let audiences: [Identifier: Audience]
  /// Whether nobody reads it but whom an audience names.
  private let isClosed: Bool
  /// The releases that name it and stand, or are to.
  private let releases: Set<Identifier>

  /// Whose record it is, by what says so.
  ///
  /// - Parameters:
  ///   - reference: the record.
  ///   - records: releases and reclassifications, and a protected contact itself; others say nothing.
  ///   - instant: milliseconds since 1970; what ended by then gives nothing.
  public init(of reference: RecordReference, by records: [CaseRecord], at instant: Int64) {
    var contents = CaseContents()
    for record in records { contents.update(with: record) }
    self.init(of: reference, by: contents, at: instant)
  }

  init(of reference: RecordReference, by contents: CaseContents, at instant: Int64) {
    let id = reference.id
    isClosed = reference.kind == .protectedContact
    guard !isClosed else {
      (about, types, releases) = ([], [], [])
      audiences = contents.audiences.filter { $0.key == id }
      return
    }
    let classified = contents.reclassifications.filter { $0.value.record == id }
    audiences = classified.mapValues(\.audience)
    let about = Set(classified.values.flatMap(\.about))
    let types = Set(classified.values.flatMap(\.types))
    self.about = about.isEmpty ? Set(reference.about) : about
    self.types = types.isEmpty ? [reference.informationType] : types
    releases = Set(
      contents.releases.filter { $0.value.names(id) && !$0.value.isOver(at: instant) }.keys)
  }

  /// Whether anybody may read the record who might not by what was known. What was not told apart counts as
  /// wider.
  ///
  /// - Complexity: O(what says so)
  public func isWider(than known: Readership) -> Bool {
    if !releases.isSubset(of: known.releases) { return true }
    // Each further person and type has to be covered too; a record about nobody is covered by nothing.
    if !about.isEmpty, known.about.isEmpty || !about.isSuperset(of: known.about) { return true }
    if !types.isSuperset(of: known.types) { return true }
    // Each further audience must admit a reader as well.
    return known.audiences.contains { id, before in
      audiences[id].map { $0.isWider(than: before, isClosed: isClosed) } ?? !before.isEmpty
    }
  }
}

extension Release {
  /// Whether it names a record.
  func names(_ record: Identifier) -> Bool { records.contains(record) }

  /// Whether it gives nothing from an instant on.
  func isOver(at instant: Int64) -> Bool { isEnded || period.end.map { $0 <= instant } ?? false }
}

extension Audience {
  /// Whether it may admit somebody whom the same audience did not before.
  ///
  /// - Parameter isClosed: whether it lets nobody by when it names nobody.
  fileprivate func isWider(than before: Audience, isClosed: Bool) -> Bool {
    if !Set(excludedPersons).isSuperset(of: before.excludedPersons) { return true }
    if !Set(excludedRoles).isSuperset(of: before.excludedRoles) { return true }
    guard isClosed || before.isClosed else {
      // Who is named may read although her role is excluded.
      return !before.excludedRoles.isEmpty && !persons.isEmpty
    }
    guard isClosed || self.isClosed else { return true }
    return !Set(before.persons).isSuperset(of: persons) || !Set(before.roles).isSuperset(of: roles)
  }
}

extension GoverningState {
  /// What says of a record who may read it, in order: the releases that name it and did not end, its
  /// reclassifications, and a protected contact itself.
  ///
  /// - Parameter home: the case that the record lies in, or the alias.
  /// - Complexity: O(1), and O(log n) where there is any.
  public func audienceRecords(of record: Identifier, in home: Identifier) -> [Identifier] {
    guard hasAudiences else { return [] }
    return governance(of: caseID(ofAlias: home) ?? home)?.index.audienceRecords[record] ?? []
  }

  /// Who may read a record as things stand.
  public func readership(of reference: RecordReference, at instant: Int64) -> Readership {
    Readership(
      of: reference, by: caseID(of: reference).flatMap(governance)?.contents ?? CaseContents(), at: instant)
  }
}

extension CaseRecord {
  /// The records that this one says of who may read them: those that a release names as long as it is not
  /// ended, and the one that a reclassification is of.
  public var audienceTargets: [Identifier] {
    switch kind {
    case .release: Release(self).map { $0.isEnded ? [] : $0.records } ?? []
    case .reclassification: Reclassification(self).map { [$0.record] } ?? []
    default: []
    }
  }
}
