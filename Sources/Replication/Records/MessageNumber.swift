/// What a message is, told without decoding it.
enum MessageNumber {
  /// The first field number that a receiver may ignore.
  static let firstIgnorable: UInt64 = 64

  /// The number of an encoded message's first field that must be understood; `nil` when there is none, or the
  /// bytes are no message.
  static func first(in message: [UInt8]) -> UInt64? {
    var scanner = FieldScanner(bytes: message[...])
    while let number = try? scanner.nextNumber() {
      if number < firstIgnorable { return number }
    }
    return nil
  }
}
