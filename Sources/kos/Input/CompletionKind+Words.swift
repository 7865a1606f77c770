import ArgumentParser
import CaseModel
import SyncClient

/// What a shell offers where a word of ours is taken. It offers, and refuses nothing: every command reads the
/// word as before.
extension CompletionKind {
  /// The labels of the cases that are held here.
  static var caseLabel: CompletionKind {
    .custom { words, _, prefix in CaseLabels.all(words).filter { $0.hasPrefix(prefix) } }
  }

  /// The names of the roles.
  static var role: CompletionKind { .list(typed(Role.names.map(\.name))) }

  /// The names of the information types.
  static var informationType: CompletionKind {
    .list(typed(InformationType.names.dropFirst().map(\.name)))
  }

  private static func typed(_ names: [String]) -> [String] {
    names.map { String($0.map { $0 == "_" ? "-" : $0 }) }
  }
}

/// The labels of the cases, for completion alone.
private enum CaseLabels {
  /// Nothing where the replica cannot be opened without asking, or may not show what it holds. Nothing is
  /// shown of a case but what it is called, to who already types in its replica: nothing is written down, and
  /// nothing is said of what goes wrong.
  static func all(_ words: [String]) -> [String] {
    let named = words.firstIndex(of: "--home").flatMap { words.dropFirst($0 + 1).first }
    do {
      let home = try Replica.home(named)
      guard Replica.exists(home: home) else { return [] }
      let replica = try Replica(home: home, passphrase: { throw Failure(.locked, .locked) })
      defer { replica.close() }
      if let _ = try replica.accessEnd() { return [] }
      guard try replica.lease().isOver == false else { return [] }
      let labels = try replica.stock().cases.compactMap { $0.label?.shown }
      // A shell takes what stands before a space for the whole word.
      return labels.filter { !$0.contains(where: \.isWhitespace) }
    } catch {
      return []
    }
  }
}
