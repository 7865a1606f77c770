/// Searching bytes for bytes.
enum Bytes {
  static func occurs(_ needle: [UInt8], in haystack: [UInt8]) -> Bool {
    guard let first = needle.first, haystack.count >= needle.count else { return false }
    return haystack.withUnsafeBufferPointer { hay in
      needle.withUnsafeBufferPointer { needle in
        for start in 0...(hay.count - needle.count) where hay[start] == first {
          var length = 1
          while length < needle.count, hay[start + length] == needle[length] { length += 1 }
          if length == needle.count { return true }
        }
        return false
      }
    }
  }

  static func occurs(_ needle: [UInt8], in haystacks: some Sequence<[UInt8]>) -> Bool {
    haystacks.contains { occurs(needle, in: $0) }
  }

  static func occurs(_ needle: String, in haystacks: some Sequence<[UInt8]>) -> Bool {
    occurs(Array(needle.utf8), in: haystacks)
  }
}
