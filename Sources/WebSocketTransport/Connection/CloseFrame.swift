/// Code and text as they stand in a close frame.
///
/// The library's receiver takes 1012, 1013 and 1014 for errors, because they were registered after RFC 6455,
/// and shows 1002 in their place, while the text passes unchanged. Hence those codes go at the head of the
/// text as well, where a peer of this module finds them again and others see a number that says the same.
enum CloseFrame {
  /// Bytes of the text: 125 of a control frame less two for the code (RFC 6455 section 5.5), less a little,
  /// because the library keeps a smaller buffer.
  private static let textBytesMax = 120

  private static let hidden: ClosedRange<UInt16> = 1012...1014

  /// The text to send with a code, cut at the end of a character.
  static func text(for code: CloseCode, _ text: String) -> String {
    let whole = hidden.contains(code.rawValue) ? "\(code) \(text)" : text
    var kept = ""
    var byteCount = 0
    for character in whole {
      byteCount += character.utf8.count
      guard byteCount <= textBytesMax else { break }
      kept.append(character)
    }
    return kept
  }

  /// What a peer meant by the payload that the library shows.
  static func reason(payload: UnsafeRawBufferPointer) -> CloseReason {
    guard payload.count >= 2 else { return CloseReason(initiator: .peer, code: .noStatus) }
    let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
    let text = String(decoding: payload[2...], as: UTF8.self)
    if code == .protocolError, let end = text.firstIndex(of: " "), let number = UInt16(text[..<end]),
      hidden.contains(number)
    {
      let rest = String(text[text.index(after: end)...])
      return CloseReason(initiator: .peer, code: CloseCode(rawValue: number), text: rest)
    }
    return CloseReason(initiator: .peer, code: code, text: text)
  }
}
