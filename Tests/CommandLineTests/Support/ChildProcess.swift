import Foundation
import Glibc
import Synchronization

/// A program that runs as a user without a terminal would start it: in a session of its own, with nothing
/// inherited but what is named here. A terminal as its input becomes the session's.
final class ChildProcess: Sendable {
  /// How a program is started.
  struct Launch {
    var program: String
    var arguments: [String]
    var environment: [String: String]
    var directory: String
    /// What it reads.
    var input = "/dev/null"
    /// The files that it writes to.
    var output: String
    var error: String
    /// After how many seconds it is ended when it has not ended by itself.
    var patience = 60
  }

  /// `POSIX_SPAWN_SETSID`, which the headers show to GNU sources only.
  private static let newSession: Int32 = 0x80

  let pid: pid_t
  private let status: Task<Int32, Never>

  init(_ launch: Launch) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let create = O_WRONLY | O_CREAT | O_APPEND
    posix_spawn_file_actions_addopen(&actions, 0, launch.input, O_RDWR, 0)
    posix_spawn_file_actions_addopen(&actions, 1, launch.output, create, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, launch.error, create, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = Self.newSession | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    // env(1) changes the folder and becomes the program.
    let line = ["env", "-C", launch.directory, launch.program] + launch.arguments
    let words = line.map { strdup($0) } + [nil]
    let names = launch.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + names { free(text) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, "/usr/bin/env", &actions, &attributes, words, names)
    guard code == 0 else { throw POSIXError(.init(rawValue: code) ?? .EIO) }
    pid = child
    status = Task { [child, patience = launch.patience] in
      await withUnsafeContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: Self.wait(for: child, patience)) }
      }
    }
  }

  /// Its exit code, or 128 and the number of the signal that ended it.
  func exit() async -> Int32 { await status.value }

  func signal(_ number: Int32) { kill(pid, number) }

  private static func wait(for child: pid_t, _ patience: Int) -> Int32 {
    let isOver = Mutex(false)
    let deadline = DispatchWorkItem { isOver.withLock { if !$0 { kill(child, SIGKILL) } } }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(patience), execute: deadline)
    var information = siginfo_t()
    // The child stays a zombie, and its number its own, until nobody can send it a signal any more.
    while waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    isOver.withLock { $0 = true }
    deadline.cancel()
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
  }
}

/// Runs what blocks a thread apart from those that the tests share.
func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withUnsafeThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Swift.Result { try body() }) }
  }
}
