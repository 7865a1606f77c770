import Foundation

/// A file of vectors as any program would read it.
struct VectorFile {
  /// A member that is not there, or is something else.
  struct Missing: Error {
    let member: String
  }

  private let members: [String: Any]

  init(_ name: String) throws {
    let data = try Data(contentsOf: Vector.folder.appending(path: name + ".json"))
    guard let members = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw Missing(member: name)
    }
    self.members = members
  }

  private init(members: [String: Any]) { self.members = members }

  private func member<Member>(_ name: String) throws -> Member {
    guard let member = members[name] as? Member else { throw Missing(member: name) }
    return member
  }

  func string(_ name: String) throws -> String { try member(name) }

  func number(_ name: String) throws -> UInt64 {
    let value: Int = try member(name)
    guard let number = UInt64(exactly: value) else { throw Missing(member: name) }
    return number
  }

  func strings(_ name: String) throws -> [String] { try member(name) }

  func bytes(_ name: String) throws -> [UInt8] {
    guard let bytes = [UInt8](hex: try member(name)) else { throw Missing(member: name) }
    return bytes
  }

  func object(_ name: String) throws -> VectorFile { VectorFile(members: try member(name)) }

  func list(_ name: String) throws -> [VectorFile] {
    let items: [[String: Any]] = try member(name)
    return items.map(VectorFile.init(members:))
  }
}
