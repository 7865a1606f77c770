/// Messages about attachments, of either side.
public enum AttachmentMessage {
  private static let numbers: ClosedRange<UInt64> = 40...43

  /// Whether an encoded message is one, by its first field that must be understood.
  public static func isOne(_ message: [UInt8]) -> Bool {
    MessageNumber.first(in: message).map(numbers.contains) ?? false
  }
}
