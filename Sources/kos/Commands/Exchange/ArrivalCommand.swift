import CRDT
import CaseModel
import Glibc

/// A command of the user's that is run when something arrives. It is told how many records of which kinds,
/// and nothing of what they say or whose they are.
struct ArrivalCommand {
  /// What the shell is given.
  let text: String

  /// Starts the command and goes on. What it prints goes where notices go, and it reads nothing.
  ///
  /// - Returns: whether it was started.
  func start(_ records: [CaseRecord], entered: Int) -> Bool {
    let kinds = Set(records.map { $0.kind.definition?.name ?? "kind-\($0.kind.rawValue)" }).sorted()
    let told = [
      "KOS_EVENT=changed", "KOS_COUNT=\(records.count)", "KOS_ENTERED=\(entered)",
      "KOS_KINDS=\(kinds.joined(separator: ","))",
    ]
    reap()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, 2, 1)
    let words: [String] = ["sh", "-c", text]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let variables: [String] = Self.environment() + told
    var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for word in arguments + environment { free(word) } }
    var child = pid_t()
    return posix_spawn(&child, "/bin/sh", &actions, nil, &arguments, &environment) == 0
  }

  /// Takes notice of the commands that have ended.
  private func reap() {
    var status: Int32 = 0
    while waitpid(-1, &status, WNOHANG) > 0 {}
  }

  private static func environment() -> [String] {
    var variables: [String] = []
    var place = environ
    while let variable = place.pointee {
      let text = String(cString: variable)
      if !["KOS_EVENT=", "KOS_COUNT=", "KOS_ENTERED=", "KOS_KINDS="].contains(where: text.hasPrefix) {
        variables.append(text)
      }
      place = place.advanced(by: 1)
    }
    return variables
  }
}
