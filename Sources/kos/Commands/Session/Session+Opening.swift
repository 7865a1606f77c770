import CRDT
import CaseModel

extension Session {
  /// Writes down that records are about to be shown, before they are (`Protocol/knowing.md`): those of cases.
  /// The register tells of staff and tables, and of no family.
  ///
  /// - Parameter purpose: its code; `nil` for what goes with the person's role.
  /// - Returns: the records.
  @discardableResult
  func open(_ records: [CaseRecord], for purpose: String? = nil) throws -> [CaseRecord] {
    let ofCases = records.filter { $0.kind.definition?.home != .register }
    try replica.open(ofCases.map(\.id), for: purpose ?? replica.profile.role.openingPurpose)
    return records
  }
}
