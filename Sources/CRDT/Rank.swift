/// A place among other records: of two, the one whose rank has the lower bytes comes first.
///
/// A rank is a whole number followed by a fraction, written so that bytes compare as numbers do. To put
/// something last or first counts the whole number on, so that a list that only grows keeps short ranks;
/// something between two neighbours gets a fraction between theirs (a fractional index, as D. Greenspan
/// describes it in "Implementing Fractional Indexing", 2020). Records with equal ranks stand in order of
/// their ids.
public struct Rank: Hashable, Sendable, Comparable {
  /// The longest rank, in bytes.
  public static let bytesMax = 64

  /// How the rank is written: the number of bytes of the whole number and its sign, the whole number, and the
  /// fraction, which does not end in 0.
  public let bytes: [UInt8]

  /// Reads a rank; `nil` when the bytes are not one.
  public init?(bytes: [UInt8]) {
    guard let first = bytes.first, bytes.count <= Self.bytesMax, let length = Self.wholeLength(first),
      bytes.count > length
    else { return nil }
    // The shortest form of the whole number, and of the fraction.
    if length > 0, bytes[1] == (first < 0x80 ? 0xff : 0) { return nil }
    if bytes.count > length + 1, bytes.last == 0 { return nil }
    self.bytes = bytes
  }

  /// A rank between two, `nil` standing for no neighbour on that side.
  ///
  /// Two people who put something in the same place at the same time get different ranks when their salts
  /// differ; so something can still be put between the two.
  ///
  /// - Parameter salt: random bits.
  /// - Returns: `nil` when `lower` does not come before `upper`, or when there is no room left between them
  ///   that takes at most `bytesMax` bytes; the list must then be ranked anew.
  public static func between(_ lower: Rank?, _ upper: Rank?, salt: UInt16) -> Rank? {
    if let lower, let upper, lower >= upper { return nil }
    let tail = [UInt8(truncatingIfNeeded: salt >> 8), UInt8(truncatingIfNeeded: salt) | 1]
    switch (lower, upper) {
    case (nil, nil): return encode(0, tail)
    case (let lower?, nil): return encode(lower.whole + 1, tail)
    case (nil, let upper?): return encode(upper.whole - 1, tail)
    case (let lower?, let upper?):
      if lower.whole + 1 < upper.whole {
        return encode(lower.whole + (upper.whole - lower.whole) / 2, tail)
      }
      let end = lower.whole == upper.whole ? upper.fraction : nil
      return encode(lower.whole, fraction(between: lower.fraction, and: end) + tail)
    }
  }

  /// Ranks for so many records, in order: to rank a list anew.
  public static func evenly(_ count: Int) -> [Rank] { (0..<count).compactMap { encode($0, []) } }

  /// By bytes.
  public static func < (left: Rank, right: Rank) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// The whole number: at most 56 bits.
  private var whole: Int {
    let first = bytes[0]
    let length = Self.wholeLength(first) ?? 0
    let magnitude = bytes[1..<1 + length].reduce(0) { $0 << 8 | Int(first < 0x80 ? ~$1 : $1) }
    return first < 0x80 ? -1 - magnitude : magnitude
  }

  private var fraction: [UInt8] { Array(bytes.dropFirst(1 + (Self.wholeLength(bytes[0]) ?? 0))) }

  /// How many bytes the whole number has beside the first, which says it: 0x80 and more for numbers from 0
  /// on, 0x7f and less for negative ones.
  private static func wholeLength(_ first: UInt8) -> Int? {
    switch first {
    case 0x80...0x87: Int(first) - 0x80
    case 0x78...0x7f: 0x7f - Int(first)
    default: nil
    }
  }

  private static func encode(_ whole: Int, _ fraction: [UInt8]) -> Rank? {
    var magnitude = whole < 0 ? -1 - whole : whole
    var digits: [UInt8] = []
    while magnitude > 0 {
      let digit = UInt8(truncatingIfNeeded: magnitude)
      digits.append(whole < 0 ? ~digit : digit)
      magnitude >>= 8
    }
    guard digits.count <= 7 else { return nil }
    let first = whole < 0 ? 0x7f - UInt8(digits.count) : 0x80 + UInt8(digits.count)
    return Rank(bytes: [first] + digits.reversed() + fraction)
  }

  /// The shortest digits that, whatever follows them, come after `lower` and before `upper`, `nil` standing
  /// for 1.
  private static func fraction(between lower: [UInt8], and upper: [UInt8]?) -> [UInt8] {
    var digits: [UInt8] = []
    var isBounded = upper != nil
    while true {
      let place = digits.count
      let low = place < lower.count ? Int(lower[place]) : 0
      var high = 256
      if isBounded, let upper { high = place < upper.count ? Int(upper[place]) : 0 }
      guard high - low <= 1 else { return digits + [UInt8(low + (high - low) / 2)] }
      digits.append(UInt8(low))
      if high > low { isBounded = false }
    }
  }
}
