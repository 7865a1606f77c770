import CRDT
import CaseModel

extension Session {
  /// How far an update came, by the receipts under its alias and the triage of its case.
  func state(of update: Identifier, alias: Identifier?, _ stock: CaseStock) throws -> UpdateState {
    let receipt = alias.flatMap { stock.underAlias[$0] }?.first {
      $0.kind == .updateReceipt && $0.identifier(Field.UpdateReceipt.update) == update
    }
    let triage = stock.files.values.lazy.flatMap { $0.all(.triage) }.first {
      $0.identifier(Field.Triage.update) == update
    }
    return UpdateState(
      isKeptHere: try replica.isPending(update),
      triagedOn: receipt?.day(Field.UpdateReceipt.triagedOn) ?? triage?.day(Field.Triage.triagedOn))
  }
}
