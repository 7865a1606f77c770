import CRDT
import CaseModel

/// Telling of break-glasses: to whom they concern without being asked, and to whoever asks.
extension Session {
  /// Those of the last days of which this person is to be told, written down as opened.
  func glassesToTell() throws -> [BrokenGlass] {
    let records = try replica.records()
    let glasses = try replica.stock().brokenGlasses(
      toTell: me, as: replica.profile.role, over: records, at: replica.now())
    let told = Set(glasses.map(\.record))
    try open(records.filter { told.contains($0.id) })
    return glasses
  }

  /// Tells of them, if there are any.
  func tellGlasses() throws {
    for glass in try glassesToTell() { output.notice(try line(glass)) }
  }

  /// What people are told of one: who read which case, until when, and why.
  func line(_ glass: BrokenGlass) throws -> String {
    let stock = try replica.stock()
    let who = title(of: glass.person, stock, in: glass.caseID)
    let phrase: Phrase = glass.standing == .inForce ? .readsByGlass : .readByGlass
    return output.say(
      phrase, who, called(glass.caseID), Clock.text(glass.startsAt),
      Clock.text(glass.endsAt), glass.reason.shown)
  }

  /// What programs are told of one.
  func members(_ glass: BrokenGlass) throws -> [(String, JSON)] {
    let stock = try replica.stock()
    return [
      ("record", JSON(glass.record)), ("case", JSON(glass.caseID)), ("person", JSON(glass.person)),
      ("name", .string(title(of: glass.person, stock, in: glass.caseID))), ("reason", .string(glass.reason)),
      ("starts_at", .integer(glass.startsAt)), ("ends_at", .integer(glass.endsAt)),
      ("standing", .string(glass.standing.rawValue)),
    ]
  }
}
