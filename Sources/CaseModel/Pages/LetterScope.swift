/// Which records a printed page may show: to whom it goes decides, as if she read them herself.
///
/// Protected contacts are on no page. It is judged by the policy over what this replica holds, as a forecast.
public struct LetterScope: Sendable {
  /// To whom a page goes.
  public enum Reader: Sendable {
    /// To one person: what she may read.
    case person(AccessForecast)
    /// To the family's parents together: what is closed to none of them.
    case family([AccessForecast])
    /// To the professionals themselves who print it.
    case professionals
  }

  private let reader: Reader

  /// A scope for a reader.
  public init(_ reader: Reader) { self.reader = reader }

  /// Whether a page may show a record.
  ///
  /// - Parameter isItsMatter: whether the page is about the record itself, as a letter is about a decision:
  ///   then it goes to a person who reads it nowhere else, unless it is closed to her.
  public func shows(_ record: CaseRecord, isItsMatter: Bool = false) -> Bool {
    guard record.kind != .protectedContact else { return false }
    switch reader {
    case .person(let forecast):
      let verdict = forecast.reading(record)
      return verdict.isAllowed || isItsMatter && !Self.closing.contains(verdict.rule)
    case .family(let forecasts):
      // Nobody asked for a release: then a page holds the steps, the plan with its tasks, and its matter.
      let isTheirs = record.kind.isMilestone || record.informationType == .plan || record.kind == .task
      guard isTheirs || isItsMatter else { return false }
      return forecasts.allSatisfy { !Self.closing.contains($0.reading(record).rule) }
    case .professionals: return true
    }
  }

  /// What closes a record to somebody whatever else lets her read.
  private static let closing: Set<AccessRule> = [.withheld, .protectedContact, .outsideAudience, .erased]
}
