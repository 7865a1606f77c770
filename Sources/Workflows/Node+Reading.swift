import Yams

/// The keys of a mapping with their values.
struct Keys {
  private let node: Node
  private var values: [String: Node] = [:]
  private var names: [(name: String, key: Node, isRepeated: Bool)] = []

  /// Reads a mapping, whatever its keys are.
  ///
  /// - Throws: `notMapping`, or `notScalar` for a key that is no word.
  init(_ node: Node) throws(WorkflowError) {
    guard case .mapping(let mapping) = node else { throw node.error(.notMapping) }
    self.node = node
    for (key, value) in mapping {
      let name = try key.word()
      let isRepeated = values.updateValue(value, forKey: name) != nil
      names.append((name, key, isRepeated))
    }
  }

  /// Reads a mapping.
  ///
  /// - Throws: `unknownKey` for a key that is not listed, `missingKey` for one that must be there.
  init(_ node: Node, known: Set<String>, needed: [String] = []) throws(WorkflowError) {
    try self.init(node)
    if let fault = faults(known: known, needed: needed).first { throw fault }
  }

  /// What is wrong with the keys: those that are not listed or stand twice, then those that must be there.
  func faults(known: Set<String>, needed: [String]) -> [WorkflowError] {
    var faults: [WorkflowError] = []
    for (name, key, isRepeated) in names {
      if !known.contains(name) {
        faults.append(key.error(.unknownKey(name)))
      } else if isRepeated {
        faults.append(key.error(.doubledKey(name)))
      }
    }
    return faults + needed.filter { values[$0] == nil }.map { node.error(.missingKey($0)) }
  }

  var isEmpty: Bool { values.isEmpty }

  subscript(name: String) -> Node? { values[name] }

  func needed(_ name: String) throws(WorkflowError) -> Node {
    guard let value = values[name] else { throw node.error(.missingKey(name)) }
    return value
  }
}

extension Node {
  private static let textMax = 2_000
  private static let codeMax = 64
  private static let listMax = 32

  /// Says what is wrong here.
  func error(_ problem: WorkflowError.Problem) -> WorkflowError {
    WorkflowError(problem, line: mark?.line ?? 0, column: mark?.column ?? 0)
  }

  /// What a scalar says, as it is written.
  func word() throws(WorkflowError) -> String {
    guard case .scalar(let scalar) = self else { throw error(.notScalar) }
    return scalar.string
  }

  /// A text of a length that people read.
  func text(upTo length: Int = textMax) throws(WorkflowError) -> String {
    let text = try word()
    guard !text.allSatisfy(\.isWhitespace), text.unicodeScalars.count <= length else { throw error(.badText) }
    return text
  }

  /// A code: small letters, digits, `_` and `-`.
  func code() throws(WorkflowError) -> String {
    let code = try word()
    let isCode = code.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isCode, (1...Self.codeMax).contains(code.utf8.count) else { throw error(.badCode(code)) }
    return code
  }

  func boolean() throws(WorkflowError) -> Bool {
    switch try word() {
    case "true": return true
    case "false": return false
    case let other: throw error(.notBoolean(other))
    }
  }

  /// A list that is not empty and not longer than a workflow needs.
  func list(upTo count: Int = listMax) throws(WorkflowError) -> [Node] {
    guard case .sequence(let sequence) = self else { throw error(.notList) }
    guard (1...count).contains(sequence.count) else { throw error(.badCount) }
    return Array(sequence)
  }

  /// One of the words that a type knows.
  func one<Word: RawRepresentable<String>>(
    of type: Word.Type, else problem: (String) -> WorkflowError.Problem
  ) throws(WorkflowError) -> Word {
    let text = try word()
    guard let word = Word(rawValue: text) else { throw error(problem(text)) }
    return word
  }

  /// A list of such words.
  func all<Word: RawRepresentable<String>>(
    of type: Word.Type, else problem: (String) -> WorkflowError.Problem
  ) throws(WorkflowError) -> [Word] {
    var words: [Word] = []
    for node in try list() { words.append(try node.one(of: type, else: problem)) }
    return words
  }
}
