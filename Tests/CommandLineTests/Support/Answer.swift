import Foundation
import Testing

/// What a command answered.
struct Answer: CustomTestStringConvertible {
  let exit: Int32
  let output: String
  let error: String

  /// The objects that it printed, one a line.
  var objects: [JSONValue] {
    get throws { try output.split(separator: "\n").map { try JSONValue(line: $0) } }
  }

  /// The one object that it printed.
  var object: JSONValue {
    get throws {
      let objects = try objects
      try #require(objects.count == 1, "\(self)")
      return objects[0]
    }
  }

  /// The object that says what went wrong: the last of the standard error, where all lines are objects.
  var failure: JSONValue {
    get throws {
      let lines = try error.split(separator: "\n").map { try JSONValue(line: $0) }
      return try #require(lines.last, "\(self)")
    }
  }

  func text(_ key: String) throws -> String { try #require(try object[key]?.string, "\(self)") }

  var testDescription: String { "exit \(exit)\n\(output)\(error)" }
}
