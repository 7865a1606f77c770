import CRDT
import SyncClient

/// Own work that the server refused, as it is listed and named.
extension Session {
  /// The list of it, whose numbers commands take.
  static let refusals = "refused"

  /// All of it, oldest first.
  func refusedWork() throws -> [RefusedWork] { try replica.status().refused }

  /// What tells it from each other.
  func names(_ works: [RefusedWork]) -> [Identifier] {
    works.map { replica.identifier(named: "refused \($0.record) \($0.at) \($0.code)") }
  }

  /// The one that a number names, or those whose record the beginning of an id names. At least one.
  func refusedWork(named word: String) throws -> [RefusedWork] {
    let works = try refusedWork()
    if let number = Int(word), word.count < 4, works.indices.contains(number - 1) {
      let work = works[number - 1]
      for name in names([work]) {
        try check(number, means: name, in: Self.refusals) {
          "\(short(work.record)): \(output.label(work.code))"
        }
      }
      return [work]
    }
    let found = refused(works, startingWith: word)
    guard !found.isEmpty else { throw Failure(.usage, .noSuchRecord, word) }
    return found
  }

  /// Those whose record the beginning of an id names.
  func refused(_ works: [RefusedWork], startingWith word: String) -> [RefusedWork] {
    guard word.count >= 4 else { return [] }
    return works.filter { $0.record.description.hasPrefix(word.lowercased()) }
  }
}
