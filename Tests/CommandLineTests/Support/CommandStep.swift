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
  /// Whether it is refused where it was done before.
  var isOnce = false
  var exit: Int32 = 0

  var testDescription: String { "kos " + words.joined(separator: " ") }

  static func reading(
    _ who: String, _ words: [String], _ keys: Set<String>, _ english: String, _ danish: String,
    exit: Int32 = 0
  ) -> CommandStep {
    CommandStep(who: who, words: words, keys: keys, english: english, danish: danish, exit: exit)
  }

  static func writing(
    _ who: String, _ words: [String], _ keys: Set<String>, _ english: String, _ danish: String,
    isOnce: Bool = false
  ) -> CommandStep {
    CommandStep(
      who: who, words: words, keys: keys.union(["saved", "delivery", "unsent", "unsent_since"]),
      english: english, danish: danish,
      isWriting: true, isOnce: isOnce)
  }

  /// What names a record that was written in a case.
  static let recorded: Set = ["record", "kind", "case", "case_id"]
  /// What lists say of any record.
  static let listed: Set = ["record", "case", "case_id", "kind", "day", "text", "pending"]
  static let invitation: Set = ["link", "code", "expires_at", "name", "person", "remote"]

  /// Lists of the register, which tell of no family, and what others were told.
  private static let ofRegister: Set = [
    "person", "organisation", "vouching", "information-type", "authority-limit", "legal-basis", "who-saw",
  ]

  /// What was told of a case's record was written down as opened.
  private func checkOpened(_ objects: [JSONValue], in place: Municipality) async throws {
    guard let command = words.first, !Self.ofRegister.contains(command) else { return }
    // What lies in no case tells of no family.
    let ofCases = objects.filter { $0["pending"] != .boolean(true) && $0["case"] != .null }
    let told = ofCases.compactMap { $0["record"]?.string }
    guard !told.isEmpty else { return }
    let opened = try await place.opened(by: who)
    for record in told { #expect(opened.contains(record), "\(self) shows \(record)") }
  }

  /// Runs it for people in both languages, and then for programs.
  func check(in place: Municipality) async throws {
    for text in ["en": english, "da": danish].sorted(by: { $0.key < $1.key }) {
      let people = isWriting ? ["--offline"] : []
      let someone = isOnce ? try place.copy(of: who) : who
      let answer = try await place.kos(someone, words + people, language: text.key)
      #expect(answer.exit == exit, "\(self): \(answer)")
      #expect(answer.output.contains(text.value), "\(self) \(text.key): \(answer)")
      #expect(!answer.output.contains("{"), "\(self)")
    }
    let answer = try await place.kos(who, words + ["--json"])
    #expect(answer.exit == exit, "\(self): \(answer)")
    let objects = try answer.objects
    #expect(!objects.isEmpty, "\(self)")
    for object in objects { #expect(object.keys == keys, "\(self)") }
    if !isWriting { try await checkOpened(objects, in: place) }
    if isWriting {
      #expect(objects.count == 1 && objects[0]["saved"] == .boolean(true), "\(self): \(answer)")
      #expect(objects[0]["delivery"] == .string("sent"), "\(self): \(answer)")
    }
  }
}
