public import CaseModel
import Yams

/// Reads definitions of workflows (R59, `Protocol/workflows/README.md`).
///
/// A definition comes from whoever writes one, so nothing in it is taken on trust: what is not known is
/// refused by line and column, and no text makes the reader take more time or memory than its length
/// warrants.
public enum WorkflowFile {
  /// The most bytes of a definition. A register keeps less, as its values are bounded
  /// (`adoptedByteCountMax`).
  public static let byteCountMax = 262_144
  /// The most bytes of a definition that can be adopted: it is one value of a record (`value_bytes` of
  /// `Protocol/limits.md`).
  public static let adoptedByteCountMax = 59_000

  /// From how many bytes on a native string keeps them on the heap, where they stay while the parser of C
  /// reads them; shorter ones are filled up.
  private static let steadyByteCount = 64

  /// Reads a definition.
  ///
  /// - Complexity: O(n) in the length of the text.
  /// - Throws: what is wrong first, with its line and column.
  public static func parse(_ bytes: [UInt8]) throws(WorkflowError) -> Workflow {
    guard bytes.count <= byteCountMax else { throw WorkflowError(.tooLarge) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw notText(bytes) }
    return try parse(text)
  }

  /// Reads a definition.
  ///
  /// - Throws: what is wrong first, with its line and column.
  public static func parse(_ text: String) throws(WorkflowError) -> Workflow {
    var reader = WorkflowReader()
    if let workflow = reader.workflow(try root(of: text)) { return workflow }
    throw reader.faults.first ?? WorkflowError(.notMapping)
  }

  /// All that is wrong with a definition, in the order of its lines; nothing when it can be read. What makes
  /// it no YAML hides what follows.
  public static func faults(in bytes: [UInt8]) -> [WorkflowError] {
    do throws(WorkflowError) {
      guard bytes.count <= byteCountMax else { throw WorkflowError(.tooLarge) }
      guard let text = String(validating: bytes, as: UTF8.self) else { throw notText(bytes) }
      var reader = WorkflowReader()
      _ = reader.workflow(try root(of: text))
      return reader.faults.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    } catch {
      return [error]
    }
  }

  private static func root(of text: String) throws(WorkflowError) -> Node {
    guard text.utf8.count <= byteCountMax else { throw WorkflowError(.tooLarge) }
    try refuseAnchors(in: text)
    guard let root = try compose(text) else { throw WorkflowError(.missingKey("code"), line: 1, column: 1) }
    return root
  }

  private static func compose(_ text: String) throws(WorkflowError) -> Node? {
    var steady = text
    let missing = steadyByteCount - steady.utf8.count
    if missing > 0 { steady += String(repeating: "\n", count: missing) }
    steady.makeContiguousUTF8()
    do {
      // Without rules for tags: what a scalar means, its key says. With the encoding, or the parser would ask
      // the environment for it.
      return try Parser(yaml: steady, resolver: .basic, encoding: .utf8).singleRoot()
    } catch {
      throw WorkflowError(error, in: steady)
    }
  }

  /// Refuses names for values before anything is composed: a few of them, each repeating another, stand for
  /// more than fits into memory.
  private static func refuseAnchors(in text: String) throws(WorkflowError) {
    var (line, column) = (1, 1)
    var mayBegin = true
    var isAnchor = false
    for scalar in text.unicodeScalars {
      if isAnchor, !scalar.properties.isWhitespace {
        throw WorkflowError(.anchor, line: line, column: column - 1)
      }
      isAnchor = mayBegin && scalar == "&"
      mayBegin = scalar.properties.isWhitespace || "[{,:?-".unicodeScalars.contains(scalar)
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    }
  }

  /// Where bytes stop being UTF-8.
  private static func notText(_ bytes: [UInt8]) -> WorkflowError {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var (line, column) = (1, 1)
    decoding: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue("\n"): (line, column) = (line + 1, 1)
      case .scalarValue: column += 1
      case .emptyInput, .error: break decoding
      }
    }
    return WorkflowError(.notText, line: line, column: column)
  }
}
