public import CRDT

/// What gives access to a case's records: consents, other legal bases, releases.
extension CaseWork {
  /// To whom, about whom, what, for what purpose and how long.
  public struct Disclosure: Sendable, Hashable {
    /// The person, or the organisation for all whom it vouches for.
    public var recipient: Identifier
    /// The persons whose data it covers.
    public var subjects: [Identifier]
    /// The information types that it covers.
    public var types: [InformationType]
    /// What the information is for.
    public var purpose: String
    /// From when on, in milliseconds since 1970 by the server's clock.
    public var startsAt: Int64
    /// When it ends, in milliseconds.
    public var endsAt: Int64
    /// Records received before are not covered, in milliseconds.
    public var horizon: Int64?

    /// Describes a disclosure.
    public init(
      to recipient: Identifier, about subjects: [Identifier], types: [InformationType], purpose: String,
      from startsAt: Int64, until endsAt: Int64, horizon: Int64? = nil
    ) {
      self.recipient = recipient
      self.subjects = subjects
      self.types = types
      self.purpose = purpose
      self.startsAt = startsAt
      self.endsAt = endsAt
      self.horizon = horizon
    }
  }

  /// Records a consent (R12) with its form, and the record that shows it.
  ///
  /// - Parameters:
  ///   - required: who must sign; without any, all who hold custody of a subject, for each subject.
  ///   - signatures: who has signed.
  public static func consent(
    id: Identifier, in caseID: Identifier, _ disclosure: Disclosure, form: String, evidence: Identifier,
    required: [Identifier] = [], signatures: [Identifier]
  ) -> RecordDraft {
    var draft = RecordDraft.new(.consent, id: id, in: caseID, about: disclosure.subjects)
    disclosure.write(to: &draft, .consent)
    draft.write(Field.Consent.form, form)
    draft.write(Field.Consent.evidence, evidence)
    draft.add(Field.Consent.required, required)
    draft.add(Field.Consent.signatures, signatures)
    return draft
  }

  /// Notes that somebody signed a consent.
  public static func sign(consent: CaseRecord, by person: Identifier) -> RecordDraft {
    change(consent, adding: [person], to: Field.Consent.signatures)
  }

  /// Notes that somebody withdrew a consent; it takes effect whatever else is written.
  public static func withdraw(consent: CaseRecord, by person: Identifier) -> RecordDraft {
    change(consent, adding: [person], to: Field.Consent.withdrawals)
  }

  /// Invokes another legal basis than consent.
  public static func ground(
    id: Identifier, in caseID: Identifier, basis: Identifier, _ disclosure: Disclosure, reason: String? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.ground, id: id, in: caseID, about: disclosure.subjects)
    disclosure.write(to: &draft, .ground)
    draft.write(Field.Ground.basis, basis)
    draft.write(Field.Ground.reason, reason)
    return draft
  }

  /// Releases records, or whole information types, to one parent (R19).
  public static func release(
    id: Identifier, in caseID: Identifier, to person: Identifier, records: [Identifier] = [],
    types: [InformationType] = [], about subjects: [Identifier], from startsAt: Int64? = nil,
    until endsAt: Int64? = nil, horizon: Int64? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.release, id: id, in: caseID, about: subjects + [person])
    draft.write(Field.Release.person, person)
    draft.add(Field.Release.records, records)
    draft.add(Field.Release.types, types)
    draft.add(Field.Release.subjects, subjects)
    draft.write(Field.Release.startsAt, instant: startsAt)
    draft.write(Field.Release.endsAt, instant: endsAt)
    draft.write(Field.Release.horizon, instant: horizon)
    return draft
  }

  /// Ends a ground, a release, a break-glass, a vouching or an entry of a table; it takes effect whatever
  /// else is written. Of other kinds nothing is drafted.
  public static func end(governing record: CaseRecord, because code: String = "ended") -> RecordDraft? {
    let ended = record.kind.definition?.field(named: "ended")
    guard let ended, record.kind.isGoverned else { return nil }
    var draft = RecordDraft.change(record)
    draft.add(ended, [code])
    return draft
  }

  private static func change(
    _ record: CaseRecord, adding persons: [Identifier], to field: FieldDefinition
  ) -> RecordDraft {
    var draft = RecordDraft.change(record)
    draft.add(field, persons)
    return draft
  }
}

extension CaseWork.Disclosure {
  /// Writes it to the fields of a kind.
  fileprivate func write(to draft: inout RecordDraft, _ fields: Provision.Fields) {
    draft.write(fields.recipient, recipient)
    draft.add(fields.subjects, subjects)
    draft.add(fields.types, types)
    draft.write(fields.purpose, purpose)
    draft.write(fields.startsAt, instant: startsAt)
    draft.write(fields.endsAt, instant: endsAt)
    draft.write(fields.horizon, instant: horizon)
  }
}
