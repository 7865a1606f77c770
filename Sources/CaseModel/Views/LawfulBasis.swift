/// Whether there is a basis for decisions in a case (R20): the gate before them.
public struct LawfulBasis: Sendable, Hashable {
  /// What is missing.
  public enum Missing: String, Sendable, Hashable, CaseIterable {
    /// Nobody has assessed the family's situation (R5).
    case assessment
    /// The assessors are not of both legal areas (R6).
    case bothLegalAreas = "both_legal_areas"
    /// What was asked for has not come (R18).
    case information
  }

  /// What is missing, in the order of the steps; nothing when the gate is open.
  public let missing: [Missing]
  /// The requests that are waited for.
  public let openRequests: [InformationRequest]

  /// Whether decisions may be taken.
  public var isThere: Bool { missing.isEmpty }

  /// Looks at a case on a day.
  ///
  /// - Parameter stock: what the register says about those who assessed.
  public init(of file: CaseFile, in stock: CaseStock, on day: CalendarDay) {
    openRequests = file.informationRequests.filter { $0.isOpen(on: day) }
    let held = file.all(.assessmentMeeting).compactMap(Meeting.init).filter { meeting in
      meeting.standing == .held && meeting.day.map { $0 <= day } == true
    }
    var missing: [Missing] = []
    if held.isEmpty && file.all(.assessment).isEmpty {
      missing.append(.assessment)
    } else if !LegalArea.missing(among: stock.assessors(of: file)).isEmpty {
      missing.append(.bothLegalAreas)
    }
    if !openRequests.isEmpty { missing.append(.information) }
    self.missing = missing
  }
}

extension CaseStock {
  /// The persons of the register who assessed a family, in notes or at meetings (R6).
  public func assessors(of file: CaseFile) -> [CaseRecord] {
    let assessors = Set(file.assessors())
    return (register[.person] ?? []).filter { assessors.contains($0.id) }
  }
}
