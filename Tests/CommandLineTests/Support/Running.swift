import Foundation

/// A command that was started.
struct Running {
  let process: ChildProcess
  let output: String
  let error: String

  /// Waits for its end.
  func answer() async -> Answer {
    let code = await process.exit()
    return Answer(exit: code, output: Self.text(output), error: Self.text(error))
  }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}
