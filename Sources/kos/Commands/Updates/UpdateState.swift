import CRDT
import CaseModel

/// How far an update came.
struct UpdateState {
  /// Whether only this machine has it.
  let isKeptHere: Bool
  /// The day of its triage; `nil` while nobody triaged it.
  let triagedOn: CalendarDay?

  /// Whether the server refused it.
  var isRefused = false
  /// Whether somebody is to decide on it.
  var isQuarantined = false

  /// The stable word for `--json`.
  var name: String {
    if isRefused { return "refused" }
    if isQuarantined { return "quarantined" }
    return triagedOn != nil ? "triaged" : isKeptHere ? "kept" : "received"
  }

  /// What people are told.
  func text(_ output: Output) -> String {
    if isQuarantined { return output.say(.savedInQuarantine) }
    if let triagedOn { return output.say(.triaged, triagedOn.description) }
    return output.say(isKeptHere ? .keptHere : .received)
  }
}
