import Foundation

/// The server as a process of its own.
public final class Kosd {
  /// The process.
  public let process: ChildProcess
  /// The file that its log goes to.
  public let log: String
  private let data: String
  private let port: Int

  /// Makes a tenant with the real command.
  ///
  /// - Returns: the first leader's one-time code.
  public static func initialise(data: String, tenant: String, leader: String, port: Int) throws -> String {
    let process = try ChildProcess(
      Products.path("kosd"),
      [
        "init", "--data", data, "--tenant", tenant, "--leader", leader, "--url", "ws://127.0.0.1:\(port)",
        "--json",
      ])
    let answer = try process.readToEnd()
    guard process.wait() == .exited(0),
      let fields = try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any],
      let code = fields["code"] as? String
    else { throw ProcessFailure("kosd init failed: \(answer)") }
    return code
  }

  /// Starts the server without waiting for it.
  ///
  /// - Parameters:
  ///   - log: the file that gets what it logs.
  ///   - wrapper: a program, with its first arguments, that runs the server.
  public init(
    data: String, port: Int, log: String, options: [String] = [], wrapper: [String] = []
  ) throws {
    self.data = data
    self.port = port
    self.log = log
    let command =
      wrapper + [
        try Products.path("kosd"), "serve", "--data", data, "--listen", "127.0.0.1:\(port)",
        "--plaintext-loopback",
      ] + options
    process = try ChildProcess(command[0], Array(command.dropFirst()), errors: log)
  }

  /// Waits until it says that it listens.
  ///
  /// - Throws: with the end of its log when it ended instead.
  public func awaitListening() throws {
    guard let line = try process.readLine(), line.hasPrefix("kosd listens on ") else {
      throw ProcessFailure("kosd did not start: \(process.endNow()) \(logEnd())")
    }
  }

  /// Asks it to stop, as a service manager does, and waits for it.
  public func stop() throws {
    process.signal(SIGTERM)
    _ = try process.readToEnd()
    guard process.wait() == .exited(0) else {
      throw ProcessFailure("kosd did not stop in order: \(process.wait()) \(logEnd())")
    }
  }

  /// The last lines that it logged.
  public func logEnd() -> String {
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").suffix(5).joined(separator: "\n")
  }
}
