public import CRDT

/// What takes access away, who gives consent for whom, and what is closed from the start.
extension CaseWork {
  /// Withholds records, all records about somebody, or the whole case from one person.
  public static func withhold(
    id: Identifier, in caseID: Identifier, from person: Identifier, records: [Identifier] = [],
    about subjects: [Identifier] = [], wholeCase: Bool = false, reason: String? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.withholding, id: id, in: caseID, about: [person])
    draft.write(Field.Withholding.person, person)
    draft.add(Field.Withholding.records, records)
    draft.add(Field.Withholding.subjects, subjects)
    if wholeCase { draft.add(Field.Withholding.cases, [caseID]) }
    draft.write(Field.Withholding.reason, reason)
    return draft
  }

  /// Lifts what a withholding is known to hold. What somebody adds meanwhile stays withheld.
  public static func lift(withholding: CaseRecord) -> RecordDraft {
    var draft = RecordDraft.change(withholding)
    for field in [Field.Withholding.records, Field.Withholding.subjects, Field.Withholding.cases] {
      for element in withholding.state.elements(field.id) { draft.remove(field, element) }
    }
    return draft
  }

  /// Classifies a record anew: whose data it holds, of what types, who alone may read it.
  public static func reclassify(
    id: Identifier, in caseID: Identifier, record: Identifier, about: [Identifier] = [],
    types: [InformationType] = [], audience persons: [Identifier] = [], roles: [Role] = [],
    excluding excluded: [Identifier] = []
  ) -> RecordDraft {
    var draft = RecordDraft.new(.reclassification, id: id, in: caseID, about: about)
    draft.write(Field.Reclassification.record, record)
    draft.add(Field.Reclassification.about, about)
    draft.add(Field.Reclassification.types, types)
    draft.add(Field.Reclassification.persons, persons)
    draft.add(Field.Reclassification.roles, roles)
    draft.add(Field.Reclassification.excludedPersons, excluded)
    return draft
  }

  /// Records who holds custody of whom. An adult holds her own.
  public static func custody(
    id: Identifier, in caseID: Identifier, of subject: Identifier, holder: Identifier, source: String,
    from startsAt: Int64? = nil, until endsAt: Int64? = nil
  ) -> RecordDraft {
    let about = subject == holder ? [subject] : [subject, holder]
    var draft = RecordDraft.new(.custody, id: id, in: caseID, about: about)
    draft.write(Field.Custody.subject, subject)
    draft.write(Field.Custody.holder, holder)
    draft.write(Field.Custody.source, source)
    draft.write(Field.Custody.startsAt, instant: startsAt)
    draft.write(Field.Custody.endsAt, instant: endsAt)
    draft.write(Field.Custody.status, Custody.Status.standing)
    return draft
  }

  /// Records that custody does not hold any more.
  public static func end(custody: CaseRecord) -> RecordDraft {
    var draft = RecordDraft.change(custody)
    draft.write(Field.Custody.status, Custody.Status.ended)
    return draft
  }

  /// How long a break-glass gives access, from when the server received it, in milliseconds.
  public static let breakGlassLength = BreakGlass.length

  /// Opens a case to a leader who takes no part in it, for four hours from when the server receives it.
  public static func breakGlass(id: Identifier, in caseID: Identifier, reason: String) -> RecordDraft {
    var draft = RecordDraft.new(.breakGlass, id: id, in: caseID)
    draft.write(Field.BreakGlass.reason, reason)
    return draft
  }

  /// Proposes to erase records of a case; a second person confirms it.
  ///
  /// - Parameters:
  ///   - ground: why, in writing; needed unless it is archived.
  ///   - archived: what the archive says that it received.
  public static func erase(
    id: Identifier, in caseID: Identifier, records: [Identifier], ground: String? = nil,
    archived: String? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.erasure, id: id, in: caseID)
    draft.add(Field.Erasure.records, records)
    draft.write(Field.Erasure.ground, ground)
    draft.write(Field.Erasure.archived, archived)
    return draft
  }

  /// Records where somebody lives, goes to school, is or is met, or her CPR number, for a closed audience.
  public static func protectedContact(
    id: Identifier, in caseID: Identifier, about: [Identifier], sort: String, text: String,
    audience persons: [Identifier] = [], roles: [Role] = []
  ) -> RecordDraft {
    var draft = RecordDraft.new(.protectedContact, id: id, in: caseID, about: about)
    draft.write(Field.ProtectedContact.sort, sort)
    draft.write(Field.ProtectedContact.text, text)
    draft.add(Field.ProtectedContact.persons, persons)
    draft.add(Field.ProtectedContact.roles, roles)
    return draft
  }
}
