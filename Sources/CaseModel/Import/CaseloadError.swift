/// Why a line of a caseload cannot be imported. Messages name keys and never content.
public struct CaseloadError: Error, Sendable, Hashable {
  /// What is wrong with a line.
  public enum Cause: Sendable, Hashable {
    /// The bytes are not UTF-8.
    case notUTF8
    /// The line is not JSON.
    case notJSON
    /// The line is JSON and not an object.
    case notAnObject
    /// A member that every event of the kind needs is missing.
    case missing(key: String)
    /// A member's value is of the wrong type.
    case wrongType(key: String, expected: String)
    /// A member is not a calendar day.
    case badDay(key: String, CalendarDayError)
    /// The line is longer than `CaseloadImport.lineBytesMax`.
    case lineTooLong
    /// The file has more lines than `CaseloadImport.linesMax`; the rest was not read.
    case tooManyLines
  }

  /// The line, counted from 1.
  public let line: Int
  /// What is wrong.
  public let cause: Cause
}

extension CaseloadError: CustomStringConvertible {
  /// One line in English, without content of the file.
  public var description: String {
    switch cause {
    case .notUTF8: "line \(line): not UTF-8"
    case .notJSON: "line \(line): not JSON"
    case .notAnObject: "line \(line): not a JSON object"
    case .missing(let key): "line \(line): `\(key)` is missing"
    case .wrongType(let key, let expected): "line \(line): `\(key)` is not \(expected)"
    case .badDay(let key, .malformed), .badDay(let key, .ambiguous):
      "line \(line): `\(key)` is not of the form yyyy-mm-dd"
    case .badDay(let key, .noSuchDay): "line \(line): `\(key)` is no day of the calendar"
    case .badDay(let key, .outOfRange): "line \(line): `\(key)` lies outside the years 1900–2199"
    case .lineTooLong: "line \(line): longer than \(CaseloadImport.lineBytesMax) bytes"
    case .tooManyLines: "line \(line): more than \(CaseloadImport.linesMax) lines"
    }
  }
}
