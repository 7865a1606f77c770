public import Glibc
public import Synchronization

/// A program that this process started. It is ended by its id, and its id stays its own until `wait` was
/// called, so that nothing else can be hit.
public final class ChildProcess {
  /// How a process ended.
  public enum End: Sendable, Hashable {
    case exited(Int32)
    case killed(Int32)
  }

  /// The children that run, for whoever must end them when it is told to end itself.
  public static let running = Mutex<Set<pid_t>>([])

  /// The process' id.
  public let id: pid_t
  private let output: Int32
  private var received: [UInt8] = []
  private var end: End?

  /// Starts a program with its standard output on a pipe and an empty standard input.
  ///
  /// - Parameters:
  ///   - environment: variables beside those of this process.
  ///   - errors: the file that its standard error is added to; nothing keeps it without one.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], errors: String? = nil
  ) throws {
    var pipe: [Int32] = [-1, -1]
    guard Glibc.pipe(&pipe) == 0 else { throw ProcessFailure("no pipe: \(errno)") }
    for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(pipe[1]) }
    output = pipe[0]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
    posix_spawn_file_actions_addopen(
      &actions, 2, errors ?? "/dev/null", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    // Sockets and files of this process are none of the child's business. One that is not open is no error.
    for descriptor in Int32(3)..<512 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    id = try Self.spawn(program, arguments, environment, &actions)
    _ = Self.running.withLock { [id] in $0.insert(id) }
  }

  deinit {
    if end == nil { endNow() }
    close(output)
  }

  private static func spawn(
    _ program: String, _ arguments: [String], _ additions: [String: String],
    _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !additions.keys.contains(where: { text.hasPrefix($0 + "=") }) { variables.append(text) }
      next += 1
    }
    variables += additions.map { "\($0.key)=\($0.value)" }
    let words = ([program] + arguments).map { strdup($0) }
    let settings = variables.map { strdup($0) }
    defer { for text in words + settings { free(text) } }
    var id: pid_t = 0
    let code = posix_spawnp(&id, program, &actions, nil, words + [nil], settings + [nil])
    guard code == 0 else { throw ProcessFailure("\(program) does not start: \(code)") }
    return id
  }

  /// The next line of its output; `nil` when the output ended.
  ///
  /// - Throws: when neither comes in time.
  public func readLine(within limit: Duration = .seconds(60)) throws -> String? {
    let deadline = ContinuousClock.now + limit
    while true {
      if let newline = received.firstIndex(of: 10) {
        defer { received.removeFirst(newline + 1) }
        return String(decoding: received[..<newline], as: UTF8.self)
      }
      guard try readMore(until: deadline) else {
        defer { received = [] }
        return received.isEmpty ? nil : String(decoding: received, as: UTF8.self)
      }
    }
  }

  /// All that is left of its output, once that ended.
  ///
  /// - Throws: when that takes longer than allowed.
  public func readToEnd(within limit: Duration = .seconds(60)) throws -> String {
    let deadline = ContinuousClock.now + limit
    while try readMore(until: deadline) {}
    defer { received = [] }
    return String(decoding: received, as: UTF8.self)
  }

  private func readMore(until deadline: ContinuousClock.Instant) throws -> Bool {
    let left = (deadline - ContinuousClock.now).components
    let milliseconds = max(0, left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000)
    var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, Int32(clamping: milliseconds)) > 0 else {
      throw ProcessFailure("process \(id) said nothing in time")
    }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = read(output, &bytes, bytes.count)
    guard count > 0 else { return false }
    received += bytes.prefix(count)
    return true
  }

  /// Whether its output holds something that was not read, or ended.
  public var hasSpoken: Bool {
    var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    return !received.isEmpty || poll(&waiting, 1, 0) > 0
  }

  /// Sends a signal. It is lost on a process that has ended.
  public func signal(_ number: Int32) {
    if end == nil { kill(id, number) }
  }

  /// Waits until the process has ended.
  @discardableResult
  public func wait() -> End {
    if let end { return end }
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    _ = Self.running.withLock { [id] in $0.remove(id) }
    let ended: End = status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .killed(status & 0x7f)
    end = ended
    return ended
  }

  /// Ends the process without warning, and waits until it is gone.
  @discardableResult
  public func endNow() -> End {
    signal(SIGKILL)
    return wait()
  }
}

/// Why a process could not be used.
public struct ProcessFailure: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
