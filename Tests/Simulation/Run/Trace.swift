/// What happened in a run, as one number that is the same whenever the run is; and in words, when somebody
/// wants to read it.
struct Trace {
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  private(set) var lines = 0
  let isVerbose: Bool

  init(isVerbose: Bool) { self.isVerbose = isVerbose }

  /// Notes something. The words are put together only when they are read.
  mutating func note(at time: Int64, _ numbers: UInt64..., words: @autoclosure () -> String) {
    mix(UInt64(bitPattern: time))
    for number in numbers { mix(number) }
    lines += 1
    if isVerbose { print("\(Self.column(time)) \(words())") }
  }

  mutating func mix(_ number: UInt64) { hash = (hash ^ number) &* 0x0000_0100_0000_01b3 }

  /// A number for bytes.
  static func digest(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { buffer in
      var hash = UInt64(buffer.count) &* 0x9e37_79b9_7f4a_7c15
      var offset = 0
      while offset + 8 <= buffer.count {
        hash = (hash ^ buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x2127_599b_f432_5c37
        hash ^= hash >> 29
        offset += 8
      }
      while offset < buffer.count {
        hash = (hash ^ UInt64(buffer[offset])) &* 0x0000_0100_0000_01b3
        offset += 1
      }
      return hash
    }
  }

  private static func column(_ time: Int64) -> String {
    let text = String(time)
    return String(repeating: " ", count: max(0, 9 - text.count)) + text
  }
}
