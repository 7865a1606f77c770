public import CRDT

/// Who pays which part of an intervention (R74).
public struct FundingShares: Sendable, Hashable {
  /// The shares, oldest first.
  public let records: [CaseRecord]
  /// Their sum in per cent. A share that is no number of per cent counts as nothing.
  public let percent: Int

  /// The shares of an intervention.
  public init(of intervention: Identifier, in file: CaseFile) {
    records = file.all(.fundingShare).filter {
      $0.identifier(Field.FundingShare.intervention) == intervention
    }
    percent = records.reduce(0) { sum, record in
      let share = record.integer(Field.FundingShare.percent) ?? 0
      return sum + Int((0...100).contains(share) ? share : 0)
    }
  }

  /// Whether another share fits into the whole.
  public func hasRoom(for share: Int) -> Bool { (1...100).contains(share) && percent + share <= 100 }
}
