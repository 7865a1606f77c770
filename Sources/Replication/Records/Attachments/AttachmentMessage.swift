/// Messages about attachments, of either side.
public enum AttachmentMessage {
  private static let numbers: ClosedRange<UInt64> = 40...43
  private static let firstIgnorable: UInt64 = 64

  /// Whether an encoded message is one, by its first field that must be understood.
  public static func isOne(_ message: [UInt8]) -> Bool {
    var scanner = FieldScanner(bytes: message[...])
    while let number = try? scanner.nextNumber() {
      if number < firstIgnorable { return numbers.contains(number) }
    }
    return false
  }
}
