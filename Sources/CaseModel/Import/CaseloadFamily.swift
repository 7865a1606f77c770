import CRDT

/// Plans the records of one family.
struct CaseloadFamily {
  let name: String
  let events: [CaseloadImport.Named]
  let existing: Set<Identifier>
  let identify: (String) -> Identifier
  private(set) var drafts: [RecordDraft] = []
  private(set) var notices: [CaseloadNotice] = []
  /// The records that exist or are drafted, so that a second draft of one changes it and does not create it.
  private var created: Set<Identifier>
  private let children: [(name: String, born: CalendarDay?)]

  init(
    name: String, events: [CaseloadImport.Named], existing: Set<Identifier>,
    identify: @escaping (String) -> Identifier
  ) {
    self.name = name
    self.events = events
    self.existing = existing
    self.identify = identify
    created = existing
    children = Self.children(of: events.map(\.event))
  }

  var caseID: Identifier { identify("caseload/1/case/\(name)") }
  func childID(_ child: String) -> Identifier {
    identify("caseload/1/child/\(name.utf8.count)/\(name)/\(child)")
  }
  func personID(_ person: String) -> Identifier { identify(CaseloadRegister.personKey(person)) }
  func goalID(_ title: String) -> Identifier {
    identify("caseload/1/goal/\(name.utf8.count)/\(name)/\(title)")
  }

  /// Whose data the family's records hold: the children, or the family as a whole when none is named.
  var about: [Identifier] { children.map { childID($0.name) } }

  mutating func plan(importer: Identifier, as role: Role) {
    guard let first = events.first else { return }
    let caseID = caseID
    if !existing.contains(caseID) {
      let selfID = identify("caseload/1/importer/\(importer)/\(name)")
      for draft in CaseWork.open(
        case: caseID, label: name, municipality: municipality, on: first.event.day, creator: importer,
        as: role, identify: { _ in selfID })
      { add(draft) }
    }
    for child in children {
      add(CaseWork.child(id: childID(child.name), in: caseID, name: child.name, born: child.born))
    }
    for named in events { add(named) }
    planAllocation(importer: importer, as: role)
  }

  /// Adds a draft; one of a record that exists already is left out.
  mutating func add(_ draft: RecordDraft) {
    if created.insert(draft.id).inserted { drafts.append(draft) }
  }

  /// Adds a draft that creates its record the first time, and afterwards changes it.
  mutating func addOrChange(_ draft: RecordDraft) {
    let isNew = created.insert(draft.id).inserted
    drafts.append(
      RecordDraft(
        id: draft.id, kind: draft.kind, caseID: draft.caseID, about: draft.about,
        informationType: draft.informationType, isNew: isNew, operations: draft.operations))
  }

  /// Whether a record exists or is drafted.
  func isCreated(_ id: Identifier) -> Bool { created.contains(id) }

  mutating func notice(_ line: Int, _ cause: CaseloadNotice.Cause) {
    notices.append(CaseloadNotice(line: line, cause: cause))
  }

  /// The municipality of the first inquiry that names one.
  private var municipality: String? {
    for named in events {
      if case .inquiry(_, let municipality?, _) = named.event.content { return municipality }
    }
    return nil
  }

  /// All children that any event names, in order of name; a day of birth counts wherever it stands.
  private static func children(of events: [CaseloadEvent]) -> [(name: String, born: CalendarDay?)] {
    var children: [String: CalendarDay?] = [:]
    func note(_ name: String, _ born: CalendarDay?) {
      children.updateValue((children[name] ?? nil) ?? born, forKey: name)
    }
    for event in events {
      switch event.content {
      case .inquiry(_, _, let named): for child in named { note(child.name, child.born) }
      case .enrolled(let named), .discharged(let named, _): for child in named { note(child, nil) }
      case .eligibility(_, _, _, let child?): note(child, nil)
      default: break
      }
    }
    return children.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
