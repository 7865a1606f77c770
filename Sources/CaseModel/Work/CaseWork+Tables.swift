public import CRDT

/// The tables of the register that give rights, and what organisations say in vouching.
extension CaseWork {
  /// Records that an organisation vouches for a person.
  ///
  /// - Parameter voucher: who said so for the organisation.
  public static func vouching(
    id: Identifier, organisation: Identifier, person: Identifier, voucher: Identifier, from startsAt: Int64,
    until confirmedUntil: Int64
  ) -> RecordDraft {
    var draft = RecordDraft.new(.vouching, id: id, in: nil, about: [person])
    draft.write(Field.Vouching.organisation, organisation)
    draft.write(Field.Vouching.person, person)
    draft.write(Field.Vouching.voucher, voucher)
    draft.write(Field.Vouching.startsAt, instant: startsAt)
    draft.write(Field.Vouching.confirmedUntil, instant: confirmedUntil)
    return draft
  }

  /// Records that the organisation confirmed it again.
  public static func reconfirm(vouching: CaseRecord, until confirmedUntil: Int64) -> RecordDraft {
    var draft = RecordDraft.change(vouching)
    draft.write(Field.Vouching.confirmedUntil, instant: confirmedUntil)
    return draft
  }

  /// Records a legal basis: who may invoke it, for which information types, and for how many days at most.
  ///
  /// - Parameter complaintBody: who decides complaints about decisions by this law.
  public static func legalBasis(
    id: Identifier, code: String, law: String? = nil, roles: [Role] = [], persons: [Identifier] = [],
    types: [InformationType], daysMax: Int, from validFrom: Int64? = nil, until validUntil: Int64? = nil,
    complaintBody: String? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.legalBasis, id: id, in: nil)
    draft.write(Field.LegalBasis.code, code)
    draft.write(Field.LegalBasis.law, law)
    draft.add(Field.LegalBasis.roles, roles)
    draft.add(Field.LegalBasis.persons, persons)
    draft.add(Field.LegalBasis.types, types)
    draft.write(Field.LegalBasis.daysMax, daysMax)
    draft.write(Field.LegalBasis.validFrom, instant: validFrom)
    draft.write(Field.LegalBasis.validUntil, instant: validUntil)
    draft.write(Field.LegalBasis.complaintBody, complaintBody)
    return draft
  }

  /// Says who decides complaints about decisions by a law from now on. Decisions that were issued say it
  /// themselves.
  public static func complaints(about basis: CaseRecord, to body: String) -> RecordDraft {
    var draft = RecordDraft.change(basis)
    draft.write(Field.LegalBasis.complaintBody, body)
    return draft
  }

  /// Records which roles reach an information type by the authority's own basis.
  public static func informationType(
    id: Identifier, _ type: InformationType, name: String? = nil, roles: [Role],
    from validFrom: Int64? = nil, until validUntil: Int64? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.informationType, id: id, in: nil)
    draft.write(Field.InformationType.number, Int(type.rawValue))
    draft.write(Field.InformationType.name, name)
    draft.add(Field.InformationType.roles, roles)
    draft.write(Field.InformationType.validFrom, instant: validFrom)
    draft.write(Field.InformationType.validUntil, instant: validUntil)
    return draft
  }

  /// Records up to which amount a role, or a person, decides on a matter (R70).
  public static func authorityLimit(
    id: Identifier, role: Role? = nil, person: Identifier? = nil, matter: String, amount: Int,
    from validFrom: Int64? = nil, until validUntil: Int64? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.authorityLimit, id: id, in: nil, about: [person].compactMap { $0 })
    draft.write(Field.AuthorityLimit.role, role.map { Int($0.rawValue) })
    draft.write(Field.AuthorityLimit.person, person)
    draft.write(Field.AuthorityLimit.matter, matter)
    draft.write(Field.AuthorityLimit.amount, amount)
    draft.write(Field.AuthorityLimit.validFrom, instant: validFrom)
    draft.write(Field.AuthorityLimit.validUntil, instant: validUntil)
    return draft
  }

  /// Proposes to erase records of the register; a leader who did not propose it confirms it.
  ///
  /// - Parameters:
  ///   - ground: why, in writing; needed unless it is archived.
  ///   - archived: what the archive says that it received.
  public static func eraseFromRegister(
    id: Identifier, records: [Identifier], ground: String? = nil, archived: String? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.registerErasure, id: id, in: nil)
    draft.add(Field.Erasure.records, records)
    draft.write(Field.Erasure.ground, ground)
    draft.write(Field.Erasure.archived, archived)
    return draft
  }

  /// Confirms an entry of a table, an erasure or a transfer, as the second leader.
  public static func confirm(_ record: CaseRecord, by leader: Identifier) -> RecordDraft {
    let confirmedBy =
      switch record.kind {
      case .authorityLimit: Field.AuthorityLimit.confirmedBy
      case .erasure, .registerErasure: Field.Erasure.confirmedBy
      case .transfer: Field.Transfer.confirmedBy
      default: Field.InformationType.confirmedBy
      }
    var draft = RecordDraft.change(record)
    draft.write(confirmedBy, leader)
    return draft
  }
}
