public import CRDT

extension CaseloadImport {
  /// Plans the entries that bring a caseload in.
  ///
  /// Each family becomes a case whose label is the family's name, opened by the importer, who takes part in
  /// it. Persons whom an allocation names become records of the register and take part too. News from outside
  /// is history here and becomes part of the case, already triaged: it has no reporter who could get a
  /// receipt.
  ///
  /// - Parameters:
  ///   - events: what happened, in any order.
  ///   - importer: the person who imports.
  ///   - role: the importer's role in each case.
  ///   - existing: ids of records that exist already; nothing is planned for them.
  ///   - identify: gives the id for a text, always the same one for the same text, unlike for unlike texts.
  ///     The text says nothing of the tenant; who wants other ids in another tenant puts the tenant in here.
  public static func plan(
    _ events: [CaseloadEvent], importer: Identifier, as role: Role, existing: Set<Identifier> = [],
    identify: (_ text: String) -> Identifier
  ) -> CaseloadPlan {
    withoutActuallyEscaping(identify) { identify in
      let named = name(events)
      var plan = CaseloadPlan()
      var register = CaseloadRegister(existing: existing, identify: identify)
      register.add(named)
      plan.entries = RecordDraft.entries(of: register.drafts)
      let families = Dictionary(grouping: named) { $0.event.family }
      for family in families.keys.sorted() where !family.isEmpty {
        var planner = CaseloadFamily(
          name: family, events: families[family] ?? [], existing: existing, identify: identify)
        planner.plan(importer: importer, as: role)
        plan.entries += RecordDraft.entries(of: planner.drafts)
        plan.notices += planner.notices
      }
      return plan
    }
  }

  /// An event with the text that names it: its content, and which one it is of the lines with the same
  /// content.
  struct Named {
    let event: CaseloadEvent
    let key: String
  }

  /// The events in order of day, so that a plan does not depend on the order of the lines.
  private static func name(_ events: [CaseloadEvent]) -> [Named] {
    var occurrences: [String: Int] = [:]
    let named = events.map { event in
      let occurrence = occurrences[event.canonical, default: 0] + 1
      occurrences[event.canonical] = occurrence
      return Named(event: event, key: "caseload/1/line/\(occurrence)/\(event.canonical)")
    }
    return named.sorted(by: \.event.day, then: \.key)
  }
}

/// The records of the register that a caseload brings: persons and status meetings.
struct CaseloadRegister {
  let existing: Set<Identifier>
  let identify: (String) -> Identifier
  private(set) var drafts: [RecordDraft] = []
  private var seen: Set<Identifier> = []

  init(existing: Set<Identifier>, identify: @escaping (String) -> Identifier) {
    self.existing = existing
    self.identify = identify
  }

  static func personKey(_ name: String) -> String { "caseload/1/person/\(name)" }

  mutating func add(_ events: [CaseloadImport.Named]) {
    for named in events {
      switch named.event.content {
      case .statusMeeting: add(CaseWork.statusMeeting(id: identify(named.key), on: named.event.day))
      case .allocated(let coordinator, let team):
        for name in [coordinator].compactMap({ $0 }) + team {
          add(CaseWork.person(id: identify(Self.personKey(name)), name: name))
        }
      default: break
      }
    }
  }

  private mutating func add(_ draft: RecordDraft) {
    if seen.insert(draft.id).inserted, !existing.contains(draft.id) { drafts.append(draft) }
  }
}
