import CRDT
import CaseModel

extension Session {
  /// What somebody else proposed and the user may confirm as the second leader, with the command that does
  /// so; the oldest first. Nobody confirms what is her own.
  func proposals(_ stock: CaseStock) -> [(record: CaseRecord, command: String)] {
    guard replica.profile.role == .leader else { return [] }
    let ofCases = stock.files.values.flatMap { $0.all(.erasure) + $0.all(.transfer) }
    let tables = [RecordKind.informationType, .authorityLimit, .registerErasure].flatMap {
      stock.register[$0] ?? []
    }
    return (ofCases + tables).filter { record in
      record.creator != me && standing(of: record, stock) == .awaitsConfirmation
    }.sorted { $0.created == $1.created ? $0.id < $1.id : $0.created < $1.created }
      .map { ($0, confirming($0)) }
  }

  private func confirming(_ record: CaseRecord) -> String {
    let place = reference(record.caseID) ?? ""
    switch record.kind {
    case .erasure: return "kos erasure confirm \(place) \(short(record.id))"
    case .registerErasure: return "kos erasure confirm --register \(short(record.id))"
    case .transfer: return "kos transfer confirm \(place)"
    case .authorityLimit: return "kos authority-limit confirm \(short(record.id))"
    default: return "kos information-type confirm \(short(record.id))"
    }
  }
}
