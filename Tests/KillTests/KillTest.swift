import ArgumentParser
import Dispatch
import Glibc
import TestProcesses

/// Kills the real programs at random moments and looks whether anything that they promised is gone.
@main
struct KillTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kos-kill-test",
    abstract: "Kill kosd under load, and kos right after it saved, and see that nothing is lost.")

  @Flag(help: "15 kills of each instead of 200.")
  var short = false
  @Option(help: "What the random moments are drawn from; another one each time without it.")
  var seed: UInt64?
  @Option(help: "How often the server is killed.")
  var serverKills: Int?
  @Option(help: "How often a client is killed.")
  var clientKills: Int?

  func run() async throws {
    // What says something to a peer that was killed must not end with it.
    signal(SIGPIPE, SIG_IGN)
    let guards = Self.endChildrenWhenTold()
    defer { for source in guards { source.cancel() } }
    let seed = seed ?? .random(in: 1...999_999)
    let usual = short ? 15 : 200
    print("Seed \(seed)")
    let began = ContinuousClock.now
    do {
      try await ServerKills(seed: seed).run(times: serverKills ?? usual)
      try await ClientKills(seed: seed).run(times: clientKills ?? usual)
    } catch {
      print("FAILED with seed \(seed): \(error)")
      throw ExitCode.failure
    }
    print("Nothing was lost. \((ContinuousClock.now - began).components.seconds) s")
  }

  /// Children in a folder that is about to go would serve nobody.
  private static func endChildrenWhenTold() -> [any DispatchSourceSignal] {
    [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        for id in ChildProcess.running.withLock({ $0 }) { kill(id, SIGKILL) }
        _exit(1)
      }
      source.resume()
      return source
    }
  }
}

/// What must never happen has happened.
struct Loss: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Throws what happened unless the condition holds.
func require(_ condition: Bool, _ otherwise: @autoclosure () -> String) throws {
  guard condition else { throw Loss(otherwise()) }
}

/// Progress, at once even into a pipe.
func say(_ text: String) {
  print(text)
  fflush(nil)
}
