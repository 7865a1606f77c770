import CRDT

/// Who decides complaints about decisions by a law: data with days, since laws and bodies change.
///
/// The register's legal bases come first, where they name a body (`Field.LegalBasis.complaintBody`); the
/// table that comes with the program is what holds until a municipality writes one. The complaint itself goes
/// to the municipality, which looks at the decision again first (retssikkerhedsloven §§ 60, 66 and 67;
/// forvaltningsloven § 25).
public struct ComplaintBody: Sendable, Hashable {
  /// What the law is called where it is cited, in small letters.
  public let laws: [String]
  /// The body's name.
  public let name: String
  /// The first day on which decisions by the law are complained of there.
  public let validFrom: CalendarDay
  /// The first day on which they are not any more; `nil` while there is none.
  public let validUntil: CalendarDay?

  /// What comes with the program.
  public static let shipped: [ComplaintBody] = [
    ComplaintBody(
      ["barnets lov", "lov om støtte til børn og unge", "children's act"], "Ankestyrelsen",
      from: day(2024, 1, 1)),
    ComplaintBody(
      ["serviceloven", "lov om social service", "sel", "social services act"], "Ankestyrelsen",
      from: day(2007, 1, 1)),
    ComplaintBody(
      ["lov om aktiv beskæftigelsesindsats", "aktivloven", "lov om aktiv socialpolitik"], "Ankestyrelsen",
      from: day(2007, 1, 1)),
    ComplaintBody(specialEducation, "Klagenævnet for Specialundervisning", from: day(2007, 1, 1)),
  ]

  /// What of the act on the folkeskole is complained of, as it is cited: special education (§ 3, stk. 2,
  /// § 20, stk. 2, and § 21, stk. 1). The act's other decisions go to other bodies or to none (§ 51), so the
  /// act by its name alone tells no body.
  private static let specialEducation: [String] =
    ["folkeskoleloven", "folkeskolelovens", "lov om folkeskolen"].flatMap { act in
      ["§ 3", "§ 20"].flatMap { ["\(act) \($0), stk. 2", "\(act) \($0) stk. 2"] }
        + ["\(act) § 21, stk. 1", "\(act) § 21 stk. 1"]
    } + ["specialundervisning", "specialpædagogisk bistand"]

  private init(
    _ laws: [String], _ name: String, from validFrom: CalendarDay, until validUntil: CalendarDay? = nil
  ) {
    self.laws = laws
    self.name = name
    self.validFrom = validFrom
    self.validUntil = validUntil
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDay {
    (try? CalendarDay(year: year, month: month, day: day)) ?? .min
  }

  /// How closely a law's name fits what a decision cites: as many letters as the name has, when the citation
  /// begins with it, whole words only; `nil` for another law.
  fileprivate static func fit(of law: String, to citation: String) -> Int? {
    let (law, citation) = (law.lowercased(), citation.lowercased())
    guard !law.isEmpty, citation.hasPrefix(law) else { return nil }
    let next = citation.dropFirst(law.count).first
    return next.map { $0.isLetter || $0.isNumber } == true ? nil : law.count
  }
}

extension CaseStock {
  /// Who decides complaints about a decision by a law, as far as the register or the program tells.
  ///
  /// - Parameters:
  ///   - citation: the law with its section, as a decision cites it.
  ///   - day: the day on which the decision is issued.
  ///   - instant: that day's beginning, in milliseconds since 1970, by which the register's entries are in
  ///     force.
  public func complaintBody(for citation: String, on day: CalendarDay, at instant: Int64) -> String? {
    let known = (register[.legalBasis] ?? []).filter { basis in
      let period = Period(
        start: basis.integer(Field.LegalBasis.validFrom), end: basis.integer(Field.LegalBasis.validUntil))
      return !basis.hasElements(Field.LegalBasis.ended) && period.contains(instant)
    }
    // Of several the one that names the law most closely, then the newest.
    let named = known.compactMap { basis -> (fit: Int, created: Int64, id: Identifier, body: String)? in
      guard let body = basis.text(Field.LegalBasis.complaintBody), !body.isEmpty,
        let law = basis.text(Field.LegalBasis.law) ?? basis.text(Field.LegalBasis.code),
        let fit = ComplaintBody.fit(of: law, to: citation)
      else { return nil }
      return (fit, basis.created, basis.id, body)
    }
    if let best = named.max(by: { ($0.fit, $0.created, $0.id) < ($1.fit, $1.created, $1.id) }) {
      return best.body
    }
    return ComplaintBody.shipped.first { entry in
      entry.validFrom <= day && entry.validUntil.map { day < $0 } != false
        && entry.laws.contains { ComplaintBody.fit(of: $0, to: citation) != nil }
    }?.name
  }
}
