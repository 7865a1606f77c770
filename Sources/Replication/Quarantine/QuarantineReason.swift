import WireProtocol

/// Why somebody who decides refused an entry. Numbers are given once and never reused.
public enum QuarantineReason: UInt32, Sendable, CaseIterable {
  /// It is not needed any more.
  case notNeeded = 1
  /// It belongs to another record or case.
  case wrongCase = 2
  /// Its author had no business in it any more.
  case notEntitled = 3
  /// Something else; also what this version does not know.
  case other = 4
  /// A record of it was erased. No person gives this reason.
  case erased = 5
  /// Its author took back what was held. Nobody else gives this reason.
  case withdrawn = 6

  /// The name that the command line uses.
  public var name: String {
    switch self {
    case .notNeeded: "not_needed"
    case .wrongCase: "wrong_case"
    case .notEntitled: "not_entitled"
    case .other: "other"
    case .erased: "erased"
    case .withdrawn: "withdrawn"
    }
  }

  init(_ message: WireQuarantineReason) {
    self = UInt32(exactly: message.rawValue).flatMap(QuarantineReason.init) ?? .other
  }

  var message: WireQuarantineReason { WireQuarantineReason(rawValue: Int(rawValue)) ?? .other }
}
