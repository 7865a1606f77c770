/// A Danish civil registration number (CPR-loven § 3): ten digits that say day of birth and sex, and must not
/// lie about.
///
/// It prints itself masked, also in errors, logs and mirrors: whoever needs the digits asks for them by name.
/// The check digit is not asked for, since numbers without one have been given since 2007.
public struct CPRNumber: Sendable, Hashable {
  /// The ten digits, for the one place that shows them to who may see them.
  public let digits: String

  /// Takes ten digits with or without a hyphen before the last four; `nil` for anything else, and for a day
  /// that no month has.
  public init?(_ text: String) {
    var digits = Array(text.utf8)
    if digits.count == 11, digits[6] == UInt8(ascii: "-") { digits.remove(at: 6) }
    guard digits.count == 10, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let day = Int(digits[0] - 48) * 10 + Int(digits[1] - 48)
    let month = Int(digits[2] - 48) * 10 + Int(digits[3] - 48)
    // Replacement numbers of hospitals and authorities add 60 to the day.
    guard (1...31).contains(day > 60 ? day - 60 : day), (1...12).contains(month) else { return nil }
    self.digits = String(decoding: digits, as: UTF8.self)
  }

  /// The number as it may be shown: the day of birth, and not what follows it.
  public var masked: String { "\(digits.prefix(6))-····" }
}

extension CPRNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Masked entirely: a description ends up in logs.
  public var description: String { "······-····" }
  /// As `description`.
  public var debugDescription: String { description }
  /// Without the digits.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
