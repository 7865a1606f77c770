import CRDT

/// What the tenant register says about access: who vouches for whom, what legal bases allow, who reaches
/// which information type, who decides up to which amount, and what was erased.
extension GoverningState {
  /// What one layer knows of it.
  struct Register: Sendable {
    var vouchings: [Identifier: Vouching] = [:]
    /// For each person the records that vouched for her once: where to look, not what is so.
    var vouchingsOfPerson: [Identifier: Set<Identifier>] = [:]
    var bases: [Identifier: LegalBasis?] = [:]
    var entries: [Identifier: InformationTypeEntry] = [:]
    /// For each type the entries that named it once.
    var entriesOfType: [InformationType: Set<Identifier>] = [:]
    var limits: [Identifier: AuthorityLimit?] = [:]
    var erasures: [Identifier: Erasure?] = [:]
    /// For each record the erasures that name it.
    var erasuresOfRecord: [Identifier: Set<Identifier>] = [:]

    /// Whether nothing is known.
    var isEmpty: Bool {
      vouchings.isEmpty && bases.isEmpty && entries.isEmpty && limits.isEmpty && erasures.isEmpty
    }

    /// Whether a record is one of those that say it.
    func isSaid(by record: Identifier) -> Bool {
      vouchings[record] != nil || bases[record] != nil || entries[record] != nil || limits[record] != nil
        || erasures[record] != nil
    }

    mutating func merge(_ later: Register) {
      vouchings.merge(later.vouchings) { _, new in new }
      vouchingsOfPerson.merge(later.vouchingsOfPerson) { _, new in new }
      bases.merge(later.bases) { _, new in new }
      entries.merge(later.entries) { _, new in new }
      entriesOfType.merge(later.entriesOfType) { _, new in new }
      limits.merge(later.limits) { _, new in new }
      erasures.merge(later.erasures) { _, new in new }
      erasuresOfRecord.merge(later.erasuresOfRecord) { _, new in new }
    }
  }

  /// Holds what a layer knows of the register, so that a copy of a state, which each verdict takes, costs one
  /// reference for all of it. Unchecked: it is changed by its only owner alone.
  final class RegisterBox: @unchecked Sendable {
    static let empty = RegisterBox(Register())
    var register: Register
    init(_ register: Register) { self.register = register }
  }

  /// Takes in a governing record of the register.
  mutating func updateRegister(with record: CaseRecord) {
    switch record.kind {
    case .vouching:
      guard let vouching = Vouching(record) else { return }
      let known = vouchingRecords(for: vouching.person)
      layer.register.vouchings[record.id] = vouching
      layer.register.vouchingsOfPerson[vouching.person] = known.union([record.id])
    case .legalBasis: layer.register.bases.updateValue(LegalBasis(record), forKey: record.id)
    case .informationType:
      guard let entry = InformationTypeEntry(record) else { return }
      let known = entryRecords(of: entry.type)
      layer.register.entries[record.id] = entry
      layer.register.entriesOfType[entry.type] = known.union([record.id])
    case .authorityLimit: layer.register.limits.updateValue(AuthorityLimit(record), forKey: record.id)
    case .registerErasure: updateErasures(with: record)
    default: break
    }
  }

  /// Whether the organisation that a participation names vouches for the person.
  func isVouchedFor(_ part: Participation, at instant: Int64) -> Bool {
    guard let organisation = part.organisation else { return false }
    return vouchings(for: part.person).contains { $0.organisation == organisation && $0.stands(at: instant) }
  }

  /// All that was said in vouching for a person.
  func vouchings(for person: Identifier) -> [Vouching] {
    vouchingRecords(for: person).compactMap(vouching).filter { $0.person == person }
  }

  /// What a legal basis allows; `nil` for one that is not known.
  func basis(_ id: Identifier) -> LegalBasis? {
    if let known = layer.register.bases[id] { return known }
    return base?.state.basis(id)
  }

  /// Whether a role reaches an information type by the authority's own basis.
  ///
  /// Entries that have not begun are as if they were not there. Of those that have, one at least must be in
  /// force, and all that are must let the role by.
  func reaches(_ role: Role, _ type: InformationType, at instant: Int64) -> Bool {
    let records = entryRecords(of: type)
    if records.isEmpty { return role.reachesByDefault(type) }
    let begun = records.compactMap(entry).filter { $0.type == type && $0.hasBegun(at: instant) }
    if begun.isEmpty { return role.reachesByDefault(type) }
    let inForce = begun.filter { $0.isInForce(at: instant) }
    return !inForce.isEmpty && inForce.allSatisfy { $0.admits(role) }
  }

  /// Whether there is any entry for an information type.
  var hasEntries: Bool { !layer.register.entries.isEmpty || base?.state.hasEntries == true }

  /// Every entry for every information type.
  var entries: [Identifier: InformationTypeEntry] {
    var all = base?.state.entries ?? [:]
    all.merge(layer.register.entries) { _, new in new }
    return all
  }

  /// Every legal basis.
  var bases: [Identifier: LegalBasis?] {
    var all = base?.state.bases ?? [:]
    all.merge(layer.register.bases) { _, new in new }
    return all
  }

  /// Every vouching.
  var vouchings: [Identifier: Vouching] {
    var all = base?.state.vouchings ?? [:]
    all.merge(layer.register.vouchings) { _, new in new }
    return all
  }

  /// Every authority limit.
  var limits: [Identifier: AuthorityLimit?] {
    var all = base?.state.limits ?? [:]
    all.merge(layer.register.limits) { _, new in new }
    return all
  }

  func vouching(_ id: Identifier) -> Vouching? {
    layer.register.vouchings[id] ?? base?.state.vouching(id)
  }

  private func vouchingRecords(for person: Identifier) -> Set<Identifier> {
    layer.register.vouchingsOfPerson[person] ?? base?.state.vouchingRecords(for: person) ?? []
  }

  private func entry(_ id: Identifier) -> InformationTypeEntry? {
    layer.register.entries[id] ?? base?.state.entry(id)
  }

  private func entryRecords(of type: InformationType) -> Set<Identifier> {
    layer.register.entriesOfType[type] ?? base?.state.entryRecords(of: type) ?? []
  }
}
