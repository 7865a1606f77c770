import Foundation
import Glibc
import Synchronization
import Testing

/// A tenant on a real server, and people who use the command line, each in a folder of her own; gone
/// afterwards.
final class Municipality: Sendable {
  /// The one that the suite shares.
  @TaskLocal static var shared: Municipality?

  static var current: Municipality {
    get throws { try #require(shared) }
  }

  /// Where the executables are: beside the test bundle.
  static let programs =
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    .map { URL(fileURLWithPath: $0).deletingLastPathComponent().path } ?? "."
  /// The repository.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  let folder: String
  /// The code of the first leader.
  let leaderCode: String
  private static let counter = Atomic<Int>(0)
  private let server = Mutex<(process: ChildProcess, url: String)?>(nil)

  /// A tenant whose leader, Lene, is enrolled; or no server and nobody.
  private init(folder: String, leaderCode: String) {
    (self.folder, self.leaderCode) = (folder, leaderCode)
  }

  /// A folder without server and people.
  static func empty() throws -> Municipality {
    Municipality(folder: try makeFolder(), leaderCode: "")
  }

  /// A tenant that nobody serves yet.
  static func unserved(named name: String = "Ishøj") async throws -> Municipality {
    let folder = try makeFolder()
    let tenant = try await Municipality(folder: folder, leaderCode: "").run(
      "kosd", ["init", "--data", "tenant", "--tenant", name, "--leader", "Lene", "--json"])
    return Municipality(folder: folder, leaderCode: try tenant.text("code"))
  }

  /// A tenant whose leader, Lene, is enrolled.
  static func withLeader() async throws -> Municipality {
    let place = try await unserved()
    try await place.serve()
    let enrolled = try await place.enrol("lene", code: place.leaderCode)
    try #require(enrolled.exit == 0, "\(enrolled)")
    return place
  }

  private static func makeFolder() throws -> String {
    let folder = NSTemporaryDirectory() + "/kos-" + String(UUID().uuidString.prefix(8))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  var url: String { server.withLock { $0?.url ?? "ws://127.0.0.1:1" } }

  // MARK: The server

  func serve(security: [String] = ["--plaintext-loopback"], port: String = "0") async throws {
    let notes = file("kosd")
    let process = try ChildProcess(
      ChildProcess.Launch(
        program: Self.programs + "/kosd",
        arguments: ["serve", "--data", "tenant", "--listen", "127.0.0.1:\(port)"] + security,
        environment: ["PATH": "/usr/bin:/bin"], directory: folder, output: notes, error: notes + ".log",
        patience: 600))
    let line = try await Lines(notes).next { $0.hasPrefix("kosd listens on ") }
    let scheme = security.contains("--tls-cert") ? "wss" : "ws"
    let address = try #require(line.split(separator: " ").last)
    server.withLock { $0 = (process, "\(scheme)://\(address)") }
  }

  func stopServer() async {
    let process = server.withLock { $0?.process }
    process?.signal(SIGTERM)
    _ = await process?.exit()
  }

  /// Ends the server as a power cut would.
  func killServer() async {
    let process = server.withLock { $0?.process }
    process?.signal(SIGKILL)
    _ = await process?.exit()
  }

  /// Serves on the port that it had.
  func serveAgain() async throws {
    try await serve(port: String(try #require(url.split(separator: ":").last)))
  }

  func close() async {
    await stopServer()
    try? FileManager.default.removeItem(atPath: folder)
  }

  // MARK: Commands

  /// Runs `kos` as somebody.
  func kos(
    _ who: String, _ words: String..., language: String = "en", input: String? = nil, directory: String? = nil
  ) async throws -> Answer {
    try await kos(who, words, language: language, input: input, directory: directory)
  }

  func kos(
    _ who: String, _ words: [String], language: String = "en", input: String? = nil, directory: String? = nil
  ) async throws -> Answer {
    try await run(
      "kos", words, home: home(who), language: language, input: input, directory: directory ?? folder)
  }

  /// The records that were written down as opened on somebody's replica.
  func opened(by who: String) async throws -> Set<String> {
    let program = """
      import sqlite3, sys, uuid
      for row in sqlite3.connect(sys.argv[1]).execute("SELECT record FROM opening"):
          print(uuid.UUID(bytes=row[0]))
      """
    let answer = try await run("/usr/bin/python3", ["-c", program, home(who) + "/replica.db"])
    try #require(answer.exit == 0, "\(answer)")
    return Set(answer.output.split(separator: "\n").map(String.init))
  }

  /// Starts `kos` as somebody at a terminal; what it prints beside the prompts goes into a file, or to the
  /// terminal, too, where it is said what that is.
  func start(
    _ who: String, _ words: [String], at terminal: Terminal? = nil, editor: String? = nil,
    showing kind: [String: String]? = nil
  ) throws -> Running {
    let notes = file("run")
    var variables = environment(home(who), "en")
    variables["EDITOR"] = editor
    variables.merge(kind ?? [:]) { _, new in new }
    let output = kind == nil ? notes : terminal?.path ?? notes
    let launch = ChildProcess.Launch(
      program: Self.programs + "/kos", arguments: words, environment: variables,
      directory: folder, input: terminal?.path ?? "/dev/null", output: output,
      error: terminal?.path ?? notes + ".err")
    return Running(process: try ChildProcess(launch), output: notes, error: notes + ".err")
  }

  /// Starts a program as somebody without a terminal.
  func start(_ program: String, _ words: [String], as who: String) throws -> Running {
    let notes = file("run")
    let launch = ChildProcess.Launch(
      program: Self.programs + "/" + program, arguments: words, environment: environment(home(who), "en"),
      directory: folder, output: notes, error: notes + ".err")
    return Running(process: try ChildProcess(launch), output: notes, error: notes + ".err")
  }

  func run(
    _ program: String, _ words: [String], home: String = "none", language: String = "en",
    input: String? = nil, directory: String? = nil
  ) async throws -> Answer {
    let notes = file("run")
    var launch = ChildProcess.Launch(
      program: program.hasPrefix("/") ? program : Self.programs + "/" + program, arguments: words,
      environment: environment(home, language), directory: directory ?? folder, output: notes,
      error: notes + ".err")
    if let input {
      launch.input = notes + ".in"
      try Data(input.utf8).write(to: URL(fileURLWithPath: launch.input))
    }
    let process = try ChildProcess(launch)
    return await Running(process: process, output: notes, error: notes + ".err").answer()
  }

  private func environment(_ home: String, _ language: String) -> [String: String] {
    [
      "PATH": "/usr/bin:/bin", "HOME": folder, "KOS_HOME": home,
      "LANG": language == "da" ? "da_DK.UTF-8" : "en_GB.UTF-8",
    ]
  }

  // MARK: Files

  /// The replica of somebody.
  func home(_ who: String) -> String { folder + "/" + who }

  /// Copies somebody's replica, and gives the name under which the copy works.
  func copy(of who: String) throws -> String {
    let path = file(who)
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    // What wakes a waiting command is a pipe, and is made anew.
    for name in try FileManager.default.contentsOfDirectory(atPath: home(who)) where name != "wake" {
      try FileManager.default.copyItem(atPath: home(who) + "/" + name, toPath: path + "/" + name)
    }
    return String(path.dropFirst(folder.count + 1))
  }

  /// A file name that nobody has.
  func file(_ name: String) -> String {
    folder + "/\(name).\(Self.counter.add(1, ordering: .relaxed).newValue)"
  }

  /// Writes a file and gives its name.
  func write(_ text: String, mode: Int = 0o600) throws -> String {
    let path = file("text")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }
}
