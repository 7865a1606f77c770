public import CRDT
import CaseModel
import GRDB

/// Short names of cases, each replica's own, and markers of what was seen.
extension ReplicaStore {
  /// The number by which people here speak of a case; it is given when first asked for.
  public func reference(of caseID: Identifier) throws -> String {
    let known = try reading { try number(of: caseID, $0) }
    if let known { return String(known) }
    return try writing { db, _ in
      if let number = try number(of: caseID, db) { return String(number) }
      try db.run("INSERT INTO case_reference (wire) VALUES (?)", [.blob(caseID)])
      return String(db.lastInsertedRowID)
    }
  }

  /// The case that a number, an id, or the first digits of one name; `nil` when none does, or more than one.
  public func caseID(matching text: String) throws -> Identifier? {
    if let identifier = Identifier(text) { return identifier }
    return try reading { db in
      if let number = Int64(text) {
        let found = try db.first("SELECT wire FROM case_reference WHERE number = ?", [.integer(number)]) {
          try $0.identifier(0)
        }
        if let found { return found }
      }
      return try caseID(startingWith: text, db)
    }
  }

  private func number(of caseID: Identifier, _ db: Database) throws -> Int64? {
    try db.first("SELECT number FROM case_reference WHERE wire = ?", [.blob(caseID)]) { try $0.integer(0) }
  }

  /// Fewer digits than these name nothing.
  private static let prefixDigitsMin = 4

  private func caseID(startingWith text: String, _ db: Database) throws -> Identifier? {
    let digits = text.lowercased().filter { $0 != "-" }
    guard digits.count >= Self.prefixDigitsMin, digits.count < 32,
      let low = Identifier(digits + String(repeating: "0", count: 32 - digits.count)),
      let high = Identifier(digits + String(repeating: "f", count: 32 - digits.count))
    else { return nil }
    let cases = try db.all(
      "SELECT wire FROM record WHERE wire BETWEEN ? AND ? AND kind = ? LIMIT 2",
      [.blob(low), .blob(high), .integer(RecordKind.case.rawValue)]
    ) { try $0.identifier(0) }
    let aliases = try meta(db).aliases.filter { $0 >= low && $0 <= high }
    let found = Set(cases + aliases)
    return found.count == 1 ? found.first : nil
  }

  /// What was stored under a name that holds no personal data, such as what a person has seen of a record.
  public func marker(_ name: String) throws -> [UInt8]? {
    try reading { db in
      try db.first("SELECT value FROM marker WHERE name = ?", [.text(name)]) {
        try sealed.opened(try $0.sealed(0), at: .marker(name))
      }
    }
  }

  /// Stores a value under a name; `nil` removes it.
  public func setMarker(_ name: String, to value: [UInt8]?) throws {
    try writing { db, _ in
      try sealed.removing("SELECT value FROM marker WHERE name = ?", [.text(name)], db)
      if let value {
        let value = try sealed.sealed(value, at: .marker(name))
        try db.run(
          "INSERT OR REPLACE INTO marker (name, value) VALUES (?, ?)", [.text(name), .sealed(value)])
        try sealed.wrote(value)
      } else {
        try db.run("DELETE FROM marker WHERE name = ?", [.text(name)])
      }
    }
  }
}
