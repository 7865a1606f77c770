import Testing

/// One command with what it must answer.
struct CommandStep: CustomTestStringConvertible, Sendable {
  let who: String
  let words: [String]
  /// The members of the object that programs get.
  let keys: Set<String>
  /// What stands in the lines for people.
  let english: String
  let danish: String
  var isWriting = false
  var exit: Int32 = 0

  var testDescription: String { "kos " + words.joined(separator: " ") }

  static func reading(
    _ who: String, _ words: [String], _ keys: Set<String>, _ english: String, _ danish: String,
    exit: Int32 = 0
  ) -> CommandStep {
    CommandStep(who: who, words: words, keys: keys, english: english, danish: danish, exit: exit)
  }

  static func writing(
    _ who: String, _ words: [String], _ keys: Set<String>, _ english: String, _ danish: String
  ) -> CommandStep {
    CommandStep(
      who: who, words: words, keys: keys.union(["saved", "delivery", "unsent", "unsent_since"]),
      english: english, danish: danish,
      isWriting: true)
  }

  /// What names a record that was written in a case.
  static let recorded: Set = ["record", "kind", "case", "case_id"]
  /// What lists say of any record.
  static let listed: Set = ["record", "case", "case_id", "kind", "day", "text", "pending"]
  static let invitation: Set = ["link", "code", "expires_at", "name", "person"]
}
