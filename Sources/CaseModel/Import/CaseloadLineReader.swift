/// Reads the members of one line, and remembers which ones it was asked for, so that the others can be
/// reported.
struct CaseloadLineReader {
  let line: Int
  /// Where in the line this object stands, for messages: empty, or `children.` and the like.
  var path = ""
  let members: [String: JSONValue]
  private(set) var unknown: Set<String>

  init(line: Int, path: String = "", members: [String: JSONValue]) {
    self.line = line
    self.path = path
    self.members = members
    unknown = Set(members.keys)
  }

  mutating func string(_ key: String) throws(CaseloadError) -> String? {
    switch take(key) {
    case .null: return nil
    case .string(let text): return text
    default: throw wrongType(key, "text")
    }
  }

  mutating func boolean(_ key: String) throws(CaseloadError) -> Bool? {
    switch take(key) {
    case .null: return nil
    case .boolean(let boolean): return boolean
    default: throw wrongType(key, "true or false")
    }
  }

  mutating func integer(_ key: String) throws(CaseloadError) -> Int? {
    switch take(key) {
    case .null: return nil
    case .integer(let integer): return Int(integer)
    default: throw wrongType(key, "a whole number")
    }
  }

  mutating func day(_ key: String) throws(CaseloadError) -> CalendarDay? {
    guard let text = try string(key) else { return nil }
    do { return try CalendarDay(text) } catch {
      throw CaseloadError(line: line, cause: .badDay(key: path + key, error))
    }
  }

  mutating func strings(_ key: String) throws(CaseloadError) -> [String] {
    var strings: [String] = []
    for element in try elements(key) {
      guard case .string(let text) = element else { throw wrongType(key, "a list of texts") }
      strings.append(text)
    }
    return strings
  }

  mutating func elements(_ key: String) throws(CaseloadError) -> [JSONValue] {
    switch take(key) {
    case .null: return []
    case .array(let elements): return elements
    default: throw wrongType(key, "a list")
    }
  }

  /// A reader of an object inside this one; what it leaves unknown is to be handed back to `finish`.
  func nested(_ key: String, _ value: JSONValue) throws(CaseloadError) -> CaseloadLineReader {
    guard case .object(let members) = value else { throw wrongType(key, "an object") }
    return CaseloadLineReader(line: line, path: "\(path)\(key).", members: members)
  }

  /// Takes over what a nested reader left unknown.
  mutating func finish(_ nested: CaseloadLineReader) {
    unknown.formUnion(nested.unknown.map { nested.path + $0 })
  }

  mutating func take(_ key: String) -> JSONValue {
    unknown.remove(key)
    return members[key] ?? .null
  }

  func required<Value>(_ key: String, _ value: Value?) throws(CaseloadError) -> Value {
    guard let value else { throw CaseloadError(line: line, cause: .missing(key: path + key)) }
    return value
  }

  func wrongType(_ key: String, _ expected: String) -> CaseloadError {
    CaseloadError(line: line, cause: .wrongType(key: path + key, expected: expected))
  }
}
