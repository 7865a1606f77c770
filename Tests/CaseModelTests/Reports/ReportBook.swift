import CRDT
import CaseModel

/// A small caseload that tests write by hand.
struct ReportBook {
  var ledger = Ledger()
  private var next: UInt64 = 1000

  /// A fresh id.
  mutating func id() -> Identifier {
    next += 1
    return Identifier(next)
  }

  var stock: CaseStock { CaseStock(records: ledger.all) }

  /// A case with an inquiry, so many children, and what else is said.
  mutating func family(
    _ number: UInt64, inquiry: String? = nil, children: Int = 1, enrolled: String? = nil,
    discharged: String? = nil, coordinator: UInt64? = nil, allocated: String = "2020-01-10"
  ) -> Identifier {
    let caseID = Identifier(number)
    var drafts = CaseWork.open(
      case: caseID, label: "F\(number)", on: .on("2020-01-01"), creator: Identifier(1), as: .leader
    ) { _ in Identifier(number * 100_000) }
    let own = (0..<children).map { _ in id() }
    drafts += own.map { CaseWork.child(id: $0, in: caseID, name: "", born: nil) }
    if let inquiry {
      let record = id()
      drafts += CaseWork.inquiry(in: caseID, source: "citizen", on: .on(inquiry)) { _ in record }
    }
    if let coordinator {
      drafts.append(
        CaseWork.allocation(caseID, id(), to: Identifier(coordinator), on: .on(allocated)))
    }
    if let enrolled {
      drafts.append(CaseWork.enrol(id: id(), in: caseID, children: own, on: .on(enrolled)))
    }
    if let discharged {
      let record = id()
      drafts += CaseWork.discharge(in: caseID, children: own, on: .on(discharged)) { _ in record }
    }
    ledger.write(drafts)
    return caseID
  }

  mutating func write(_ draft: RecordDraft) { ledger.write([draft]) }

  /// A decision as it stands when it was issued, and delivered where a day says so.
  mutating func decision(
    _ caseID: Identifier, _ matter: String, by person: UInt64, _ outcome: String, amount: Int,
    issued: String, delivered: String? = nil, withdrawn: Bool = false
  ) {
    let decision = id()
    let reasons = id()
    let draft = CaseWork.decision(id: decision, in: caseID, matter: matter, amount: amount, outcome: outcome)
    ledger.write(CaseWork.reasons(id: reasons, for: draft, "derfor", on: .on(issued)))
    guard let prepared = ledger[decision] else { return }
    write(
      CaseWork.issue(
        decision: prepared, by: Identifier(person), on: .on(issued), complaintUntil: .on(issued)))
    guard let standing = ledger[decision] else { return }
    if let delivered { write(CaseWork.deliver(decision: standing, form: "letter", on: .on(delivered))) }
    if withdrawn, let standing = ledger[decision] { write(CaseWork.withdraw(decision: standing)) }
  }
}

extension CaseWork {
  /// The first allocation of a case.
  static func allocation(
    _ caseID: Identifier, _ id: Identifier, to coordinator: Identifier, on day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(.allocation, id: id, in: caseID)
    draft.write(Field.Allocation.coordinator, coordinator)
    draft.write(Field.Allocation.allocatedOn, day)
    return draft
  }
}

extension ReportTable {
  /// A row as its cells are read in tests.
  func texts(_ row: Int) -> [String] {
    guard rows.indices.contains(row) else { return [] }
    return rows[row].map { cell in
      switch cell {
      case .label(let text), .code(let text): text
      case .person(let id), .caseFile(let id): String(id.low)
      case .count(let count), .figure(let count): String(count)
      case .derived(let quantity, _), .extreme(let quantity): quantity.text
      case .none: "–"
      case .hidden: "*"
      }
    }
  }

  var allTexts: [[String]] { rows.indices.map(texts) }
}
