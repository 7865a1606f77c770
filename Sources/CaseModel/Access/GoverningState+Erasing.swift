public import CRDT

/// What of the register two persons had erased, and what speaks against erasing more of it.
extension GoverningState {
  /// A record that governs, names one of the register, and counts or may come to count.
  public struct Naming: Sendable, Hashable {
    /// The case that it is of; `nil` in the register.
    public let caseID: Identifier?
    /// The record.
    public let record: Identifier
  }

  /// Takes in an erasure of the register. One that names nothing erases nothing.
  mutating func updateErasures(with record: CaseRecord) {
    let erasure = Erasure(record)
    layer.register.erasures.updateValue(erasure, forKey: record.id)
    layer.hasRemovals = true
    for named in erasure?.records ?? [] {
      layer.register.erasuresOfRecord[named] = erasureRecords(naming: named).union([record.id])
    }
  }

  /// What an erasure of the register says; `nil` for one that is not known, or does not say what it must.
  func registerErasure(_ id: Identifier) -> Erasure? {
    if let known = layer.register.erasures[id] { return known }
    return base?.state.registerErasure(id)
  }

  /// Whether two persons had a record of the register erased. Records of cases that they named are none.
  public func isErasedFromRegister(_ record: Identifier) -> Bool {
    erasureRecords(naming: record).contains { registerErasure($0)?.isConfirmed == true }
  }

  /// What two persons named to be erased from the register, in order.
  ///
  /// - Complexity: O(n log n)
  public var erasedFromRegister: [Identifier] {
    let confirmed = erasureRecords.compactMap(registerErasure).filter(\.isConfirmed)
    return Set(confirmed.flatMap(\.records)).sorted()
  }

  /// Whether a record of the register governs.
  func governsRegister(_ record: Identifier) -> Bool {
    layer.register.isSaid(by: record) || base?.state.governsRegister(record) ?? false
  }

  /// Whether a person or an organisation is not to be erased yet: it has an account, or something that counts
  /// names it.
  func isStillNamed(_ id: Identifier, at instant: Int64) -> Bool {
    role(of: id) != nil || !namings(of: id, at: instant).isEmpty
  }

  /// What names a person or an organisation and counts at an instant, or may come to count later: what is
  /// over or was ended does not, and neither does what went to another tenant.
  ///
  /// - Complexity: O(what governs the cases and the register)
  public func namings(of id: Identifier, at instant: Int64) -> [Naming] {
    var namings = caseNamings(of: id, at: instant)
    let vouchings = vouchings.filter { _, vouching in
      !vouching.isEnded && !vouching.period.isOver(at: instant)
        && (vouching.person == id || vouching.organisation == id)
    }
    let bases = bases.filter { _, basis in
      guard let basis, !basis.isEnded, !basis.period.isOver(at: instant) else { return false }
      return basis.persons.contains(id)
    }
    let limits = limits.filter { _, limit in
      guard let limit, limit.isStanding, !limit.period.isOver(at: instant) else { return false }
      return limit.person == id
    }
    let tables = Array(vouchings.keys) + Array(bases.keys) + Array(limits.keys)
    namings += tables.sorted().map { Naming(caseID: nil, record: $0) }
    return namings
  }

  private func caseNamings(of id: Identifier, at instant: Int64) -> [Naming] {
    let own = layer.cases.sorted { $0.key < $1.key }.flatMap { caseID, governance in
      governance.contents.records(naming: id, at: instant).map { Naming(caseID: caseID, record: $0) }
    }
    let before =
      base?.state.caseNamings(of: id, at: instant).filter { naming in
        naming.caseID.map { layer.cases[$0] == nil } ?? false
      } ?? []
    return before + own
  }

  private var erasureRecords: Set<Identifier> {
    (base?.state.erasureRecords ?? []).union(layer.register.erasures.keys)
  }

  private func erasureRecords(naming record: Identifier) -> Set<Identifier> {
    layer.register.erasuresOfRecord[record] ?? base?.state.erasureRecords(naming: record) ?? []
  }
}

extension CaseContents {
  /// The records by which a person or an organisation takes part, is given or gives something, or is kept
  /// from something, now or later; in order. Of a case that went to another tenant none.
  func records(naming id: Identifier, at instant: Int64) -> [Identifier] {
    guard !transfers.values.contains(where: \.isInForce) else { return [] }
    let all = withSuspended
    var named = all.participants.filter { _, part in
      part.isActive && !part.period.isOver(at: instant) && (part.person == id || part.organisation == id)
    }.map(\.key)
    named += all.consents.filter { _, consent in
      !consent.isWithdrawn && !consent.provision.period.isOver(at: instant)
        && ([consent.provision.recipient] + consent.required + consent.signatures).contains(id)
    }.map(\.key)
    named += all.grounds.filter { _, ground in
      !ground.isEnded && !ground.provision.period.isOver(at: instant) && ground.provision.recipient == id
    }.map(\.key)
    named += all.releases.filter { _, release in
      !release.isEnded && !release.period.isOver(at: instant) && release.person == id
    }.map(\.key)
    named += all.custodies.filter { _, custody in
      custody.isStanding && !custody.period.isOver(at: instant)
        && (custody.holder == id || custody.subject == id)
    }.map(\.key)
    named += all.withholdings.filter { !$0.value.isEmpty && $0.value.person == id }.map(\.key)
    return named.sorted()
  }

  /// The same with what came from another tenant and waits: it may be confirmed any day.
  private var withSuspended: CaseContents {
    var all = self
    for record in suspended.values where record.kind.givesRights { all.take(record) }
    return all
  }
}
