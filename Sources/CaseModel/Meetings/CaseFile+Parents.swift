public import CRDT

/// Whether the parents were at a meeting, as far as its attendance says so (R13, R21).
extension CaseFile {
  /// What people write of a parent who was there without a name of the register.
  private static let words: Set<String> = [
    "parent", "parents", "mother", "father", "mor", "far", "moder", "fader", "forælder", "forældre",
    "forældrene",
  ]

  /// Whether a parent is among those who were there: a person who takes part in the case as one, a parent
  /// among the relatives by name, or somebody who is called so.
  public func hasParent(among persons: [Identifier], attendees: [String]) -> Bool {
    let parents = Set(
      all(.participant).compactMap(Participation.init).filter { $0.role == .parent }.map(\.person))
    if persons.contains(where: parents.contains) { return true }
    let names = Set(
      relatives.filter(Self.isParent).compactMap { $0.text(Field.Relative.name)?.lowercased() })
    return attendees.contains { attendee in
      let text = attendee.lowercased()
      return names.contains(text)
        || Self.parts(of: text).contains { Self.words.contains($0) || names.contains($0) }
    }
  }

  /// Whether a meeting is one with the parents: of an analysis that was held, a parent must have been there;
  /// one that is called is what it is called as. To all other meetings in a case the parents belong.
  public func isWithParents(_ meeting: CaseRecord) -> Bool {
    guard meeting.kind == .analysisMeeting else { return true }
    guard meeting.boolean(Field.AnalysisMeeting.withParents) == true else { return false }
    guard meeting.day(Field.AnalysisMeeting.heldOn) != nil else { return true }
    return hasParent(
      among: meeting.identifiers(Field.AnalysisMeeting.participants),
      attendees: meeting.texts(Field.AnalysisMeeting.attendees))
  }

  private static func isParent(_ relative: CaseRecord) -> Bool {
    if relative.boolean(Field.Relative.hasCustody) == true { return true }
    return relative.text(Field.Relative.relation).map { words.contains($0.lowercased()) } == true
  }

  /// `Lise (mor) og far` is three: lise, mor, far.
  private static func parts(of text: String) -> [String] {
    let joined = text.split(separator: " ").map { ["og", "and"].contains($0) ? "," : String($0) }
      .joined(separator: " ")
    return joined.split { ",;:/&()".contains($0) }.map { part in
      part.split(separator: " ").joined(separator: " ")
    }
  }
}
