/// Reads which numbers a Protocol Buffers schema gives to what. Of the language it knows what the schemas
/// here use. The rest is an error: nothing is passed over.
struct SchemaReader {
  /// Where a schema is not understood.
  struct NotUnderstood: Error, CustomStringConvertible {
    let description: String
  }

  private var tokens: ArraySlice<String>
  private var numbers: [WireNumber] = []

  /// The numbers of a schema, in its order.
  static func numbers(in text: String) throws -> [WireNumber] {
    var reader = SchemaReader(text)
    try reader.file()
    return reader.numbers
  }

  private init(_ text: String) {
    let code = text.replacing(/\/\/[^\n]*/, with: "")
    tokens = code.matches(of: /[A-Za-z_][\w.]*|\d+|"[^"]*"|\S/).map { String($0.output) }[...]
  }

  private mutating func next() throws -> String {
    guard let token = tokens.popFirst() else { throw NotUnderstood(description: "it ends early") }
    return token
  }

  private mutating func expect(_ wanted: String) throws {
    let token = try next()
    guard token == wanted else {
      throw NotUnderstood(description: "'\(token)' where '\(wanted)' should be")
    }
  }

  private mutating func number() throws -> Int {
    let token = try next()
    guard let number = Int(token) else { throw NotUnderstood(description: "'\(token)' is no number") }
    return number
  }

  private mutating func file() throws {
    var package = ""
    while !tokens.isEmpty {
      switch try next() {
      case "syntax": try setting()
      case "option":
        _ = try next()
        try setting()
      case "import":
        _ = try next()
        try expect(";")
      case "package":
        package = try next()
        try expect(";")
      case "message": try message(in: package)
      case "enum": try enumeration(in: package)
      case let other: throw NotUnderstood(description: "'\(other)' outside of messages")
      }
    }
  }

  private mutating func setting() throws {
    try expect("=")
    _ = try next()
    try expect(";")
  }

  private mutating func message(in scope: String) throws {
    let owner = try scope + "." + next()
    try expect("{")
    while true {
      let token = try next()
      switch token {
      case "}": return
      case "message": try message(in: owner)
      case "enum": try enumeration(in: owner)
      case "reserved": try reserved(of: owner)
      case "oneof":
        let group = try next()
        try expect("{")
        while tokens.first != "}" {
          let type = try next()
          try field(of: owner, kind: "\(type) oneof \(group)")
        }
        try expect("}")
      case "repeated", "optional": try field(of: owner, kind: "\(token) \(next())")
      default: try field(of: owner, kind: token)
      }
    }
  }

  private mutating func field(of owner: String, kind: String) throws {
    let name = try next()
    try expect("=")
    numbers.append(WireNumber(owner: owner, name: name, number: try number(), kind: kind))
    try expect(";")
  }

  private mutating func enumeration(in scope: String) throws {
    let owner = try scope + "." + next()
    try expect("{")
    while tokens.first != "}" {
      if tokens.first == "reserved" {
        try expect("reserved")
        try reserved(of: owner)
      } else {
        try field(of: owner, kind: "")
      }
    }
    try expect("}")
  }

  private mutating func reserved(of owner: String) throws {
    while true {
      let first = try number()
      var last = first
      if tokens.first == "to" {
        try expect("to")
        last = try number()
      }
      guard first <= last else { throw NotUnderstood(description: "a range that ends before it begins") }
      for number in first...last {
        numbers.append(WireNumber(owner: owner, name: nil, number: number, kind: ""))
      }
      if tokens.first == ";" { return try expect(";") }
      try expect(",")
    }
  }
}
