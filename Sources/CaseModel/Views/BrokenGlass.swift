public import CRDT

/// Somebody reads, or read, a case by break-glass: what those who are to be told are told.
public struct BrokenGlass: Sendable, Hashable {
  /// The record that says so.
  public let record: Identifier
  /// The case.
  public let caseID: Identifier
  /// Who broke the glass.
  public let person: Identifier
  /// Why, in her own words.
  public let reason: String
  /// From when on she could read, in milliseconds since 1970: when the server received it.
  public let startsAt: Int64
  /// When that ends by itself, four hours later.
  public let endsAt: Int64
  /// How it stands.
  public let standing: GrantStanding

  /// For how long after it began people are told of it without asking, in milliseconds: 14 days, in which the
  /// core team has met once (R27).
  public static let toldFor: Int64 = 14 * 86_400_000

  /// Describes one.
  public init(
    record: Identifier, caseID: Identifier, person: Identifier, reason: String, startsAt: Int64,
    endsAt: Int64, standing: GrantStanding
  ) {
    self.record = record
    self.caseID = caseID
    self.person = person
    self.reason = reason
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.standing = standing
  }
}

extension CaseStock {
  /// Every break-glass that the server has received, the latest first.
  ///
  /// - Complexity: O(cases + break-glasses, sorted)
  public func brokenGlasses(at instant: Int64) -> [BrokenGlass] {
    files.values.flatMap { $0.all(.breakGlass) }.compactMap { record in
      guard let caseID = record.caseID, let glass = BreakGlass(record), let start = glass.period.start,
        let end = glass.period.end, let standing = standing(of: record, at: instant)
      else { return nil }
      return BrokenGlass(
        record: record.id, caseID: caseID, person: glass.person,
        reason: record.text(Field.BreakGlass.reason) ?? "", startsAt: start, endsAt: end, standing: standing)
    }.sorted { ($0.startsAt, $1.record) > ($1.startsAt, $0.record) }
  }

  /// The break-glasses that a person is to be told of: as the case's coordinator, as a leader who takes part
  /// in it, or as another leader where these are nobody but who broke it; and only for some days.
  ///
  /// - Parameters:
  ///   - role: her role in the tenant.
  ///   - instant: milliseconds since 1970 by the server's clock.
  /// - Complexity: O(cases), and O(records) where one began in the last days
  public func brokenGlasses(
    toTell person: Identifier, as role: Role, over records: @autoclosure () throws -> [CaseRecord],
    at instant: Int64
  ) rethrows -> [BrokenGlass] {
    let recent = brokenGlasses(at: instant).filter {
      $0.person != person && instant < Period.instant($0.startsAt, plus: BrokenGlass.toldFor)
    }
    guard !recent.isEmpty else { return [] }
    let known = try records()
    return recent.filter { glass in
      AccessForecast(
        for: glass.person, knowing: [person: role], over: known, by: person, at: instant
      ).toldOfBreakGlass(in: glass.caseID).contains(person)
    }
  }
}
