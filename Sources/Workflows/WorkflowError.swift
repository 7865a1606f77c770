/// Why a text is no definition of a workflow, and where in it.
public struct WorkflowError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong. A value is what stands there, or what should.
  public enum Problem: Sendable, Hashable {
    /// It has more bytes than `WorkflowFile.byteCountMax`.
    case tooLarge
    /// It is not UTF-8.
    case notText
    /// It is no YAML, in the words of the YAML parser.
    case notYAML(String)
    /// A value is given a name, to be repeated elsewhere by it.
    case anchor
    /// Keys with values should stand here.
    case notMapping
    /// A list should stand here.
    case notList
    /// A single word or text should stand here.
    case notScalar
    /// A key that no definition has here.
    case unknownKey(String)
    /// A key that must stand here.
    case missingKey(String)
    /// A key that stands twice.
    case doubledKey(String)
    /// A step's code that another step has.
    case doubledCode(String)
    /// A code with other characters than small letters, digits, `_` and `-`, or too long.
    case badCode(String)
    /// A version that is no whole number from 1.
    case badVersion(String)
    /// Neither `true` nor `false`.
    case notBoolean(String)
    /// A kind of record that is not there.
    case unknownKind(String)
    /// A kind of record that tells no day, or lies in no case, and so shows no step.
    case kindShowsNothing(String)
    /// A gate that is not there.
    case unknownGate(String)
    /// A role or part that is not there.
    case unknownPart(String)
    /// A condition that is not there.
    case unknownCondition(String)
    /// Neither `start` nor `operation`.
    case unknownPhase(String)
    /// A step that is not there, or does not come before.
    case unknownStep(String)
    /// Not so many days, weeks or months.
    case badCadence(String)
    /// A text that is longer than a step needs, or empty.
    case badText
    /// A list that is longer than a workflow needs, or empty.
    case badCount
  }

  /// What is wrong.
  public let problem: Problem
  /// The line, 1 first; 0 when it concerns the text as a whole.
  public let line: Int
  /// The column in Unicode scalars, 1 first; 0 when it concerns the text as a whole.
  public let column: Int

  /// Says what is wrong where.
  public init(_ problem: Problem, line: Int = 0, column: Int = 0) {
    self.problem = problem
    self.line = line
    self.column = column
  }

  /// The stable name of what is wrong, for programs and catalogues of words.
  public var code: String { told.code }

  /// What stands there, or what should; `nil` where the code says it all.
  public var value: String? { told.value }

  /// Where and what, for who maintains the program.
  public var description: String {
    "\(line):\(column): \(code)" + (value.map { " \($0)" } ?? "")
  }

  private var told: (code: String, value: String?) {
    switch problem {
    case .tooLarge: ("too_large", nil)
    case .notText: ("not_utf8", nil)
    case .notYAML(let text): ("not_yaml", text)
    case .anchor: ("anchor", nil)
    case .notMapping: ("not_mapping", nil)
    case .notList: ("not_list", nil)
    case .notScalar: ("not_scalar", nil)
    case .unknownKey(let key): ("unknown_key", key)
    case .missingKey(let key): ("missing_key", key)
    case .doubledKey(let key): ("doubled_key", key)
    case .doubledCode(let code): ("doubled_code", code)
    case .badCode(let code): ("bad_code", code)
    case .badVersion(let text): ("bad_version", text)
    case .notBoolean(let text): ("not_boolean", text)
    case .unknownKind(let kind): ("unknown_kind", kind)
    case .kindShowsNothing(let kind): ("kind_shows_nothing", kind)
    case .unknownGate(let gate): ("unknown_gate", gate)
    case .unknownPart(let part): ("unknown_part", part)
    case .unknownCondition(let condition): ("unknown_condition", condition)
    case .unknownPhase(let phase): ("unknown_phase", phase)
    case .unknownStep(let step): ("unknown_step", step)
    case .badCadence(let text): ("bad_cadence", text)
    case .badText: ("bad_text", nil)
    case .badCount: ("bad_count", nil)
    }
  }
}
