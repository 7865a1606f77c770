/// A number of a schema and what it stands for: a field, a value of an enumeration, or nothing any more.
struct WireNumber: Hashable, CustomStringConvertible {
  /// The message or enumeration, with its package.
  let owner: String
  /// What the field or value is called; nil for a reserved number.
  let name: String?
  let number: Int
  /// The field's label and type; empty for a value.
  let kind: String

  /// As a line of the list tells it.
  var description: String {
    guard let name else { return "\(owner) reserved \(number)" }
    return "\(owner).\(name) = \(number)" + (kind.isEmpty ? "" : " \(kind)")
  }

  init(owner: String, name: String?, number: Int, kind: String) {
    (self.owner, self.name, self.number, self.kind) = (owner, name, number, kind)
  }

  /// Reads a line of the list; nil for what is none.
  init?(line: String) {
    if let match = line.wholeMatch(of: /(\S+) reserved (\d+)/), let number = Int(match.2) {
      self.init(owner: String(match.1), name: nil, number: number, kind: "")
    } else if let match = line.wholeMatch(of: /(\S+)\.(\w+) = (\d+)( \S.*)?/), let number = Int(match.3) {
      self.init(
        owner: String(match.1), name: String(match.2), number: number,
        kind: String(match.4?.dropFirst() ?? ""))
    } else {
      return nil
    }
  }
}

/// What must be so of the schemas once programs that nobody can update have read them.
enum WireNumberRules {
  /// What of the schemas is not as the list has it.
  ///
  /// A field may go only if its number is reserved in its place. What is added is added to the list too, so
  /// that somebody looks at it, and takes no number that stood for something else.
  static func findings(list: [String], schemas: [WireNumber]) -> [String] {
    var findings: [String] = []
    var listed: [WireNumber] = []
    for line in list {
      guard let number = WireNumber(line: line) else {
        findings.append("'\(line)' tells no number")
        continue
      }
      listed.append(number)
    }
    let (now, before) = (Set(schemas), Set(listed))
    for number in listed where !now.contains(number) {
      let place = WireNumber(owner: number.owner, name: nil, number: number.number, kind: "")
      if number.name == nil || !now.contains(place) { findings.append("'\(number)' is gone or was changed") }
    }
    for number in schemas where !before.contains(number) { findings.append("'\(number)' is not in the list") }
    var names: [WireNumber: String] = [:]
    for number in listed {
      guard let name = number.name else { continue }
      let place = WireNumber(owner: number.owner, name: nil, number: number.number, kind: "")
      if let other = names.updateValue(name, forKey: place) {
        findings.append("\(number.owner) \(number.number) was \(other) and is \(name)")
      }
    }
    return findings
  }
}
