import CRDT

/// What a person meant to write and cannot have meant so. Every command asks for it at the one place where
/// they all write, and what others wrote is read as it is.
extension RecordDraft {
  /// What is wrong with a value.
  public enum Fault: Error, Sendable, Hashable {
    /// A name, title or label says nothing.
    case blank(FieldDefinition)
    /// A code is not one of those that are written into the field.
    case noSuchCode(String, FieldDefinition)
  }

  /// Looks at the names and codes that the draft writes.
  ///
  /// - Throws: `Fault` for the first that is wrong.
  public func check() throws(Fault) {
    for operation in operations {
      guard let field = kind.definition?.field(operation.field), let text = operation.action.writtenText
      else { continue }
      if text.withoutInvisible.allSatisfy(\.isWhitespace), field.isNamed { throw .blank(field) }
      if !field.codes.isEmpty, !field.codes.contains(text) { throw .noSuchCode(text, field) }
    }
  }
}

extension FieldDefinition {
  /// Whether what stands in the field is there to be named by: nobody can speak of what is called nothing.
  fileprivate var isNamed: Bool {
    switch valueType {
    case .label, .code: true
    case .text: name == "title"
    case .day, .integer, .boolean, .identifier, .bytes: false
    }
  }
}

extension Operation.Action {
  /// The text that the action writes whole; `nil` for an edit of one, and for what is no text.
  fileprivate var writtenText: String? {
    switch self {
    case .assign(.text(let text)), .decide(.text(let text)), .add(.text(let text)): text
    default: nil
    }
  }
}
