import CRDT
import CaseModel

extension Session {
  /// The persons and roles that words name.
  func audience(_ words: [String]) throws -> (persons: [Identifier], roles: [Role]) {
    let roles = words.compactMap { try? RoleName.role($0) }
    let persons = try words.filter { (try? RoleName.role($0)) == nil }.map(person)
    return (persons, roles)
  }

  /// What a protected contact says as lists show it: of a CPR number the day of birth alone.
  func masked(_ contact: CaseRecord) -> String? {
    let text = contact.text(Field.ProtectedContact.text)
    guard contact.text(Field.ProtectedContact.sort) == ProtectedContactSort.cpr.code else { return text }
    return text.map { CPRNumber($0)?.masked ?? "······-····" }
  }

  /// A value as every command but the one that shows protected contacts whole tells it.
  static func masked(_ text: String, of field: FieldDefinition?) -> String {
    guard field == Field.ProtectedContact.text, let number = CPRNumber(text) else { return text }
    return number.masked
  }

  /// A text that is right for its sort.
  func protectedText(_ text: String, as sort: String?) throws -> String {
    guard sort == ProtectedContactSort.cpr.code else { return text }
    // The words are not repeated: an error may end up where a number must not.
    guard let number = CPRNumber(text) else { throw Failure(.usage, .noCPRNumber) }
    return number.digits
  }
}
