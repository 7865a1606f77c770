extension CaseProgress {
  /// The legal areas that nobody stands for of those who assessed, in the round that the case is in: what the
  /// gate of its assessment lacks (R6); `nil` where its workflow has no such gate.
  public var missingLegalAreas: [String]? {
    let gates = steps.flatMap(\.gates).filter { $0.gate == .bothLegalAreas }
    if gates.isEmpty { return nil }
    var areas: [String] = []
    for case .legalArea(let area) in gates.flatMap(\.missing) where !areas.contains(area) {
      areas.append(area)
    }
    return areas
  }
}
