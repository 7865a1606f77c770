import ArgumentParser
import SyncClient

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The replica's directory, else KOS_HOME, else ~/.kos.", valueName: "dir"))
  var home: String?

  @Flag(help: "One object a line, for programs.")
  var json = false

  @Option(help: "The language, else LANG's: da or en.")
  var lang: Language?

  @Option(
    name: .customLong("passphrase-file"),
    help: ArgumentHelp("The file that holds the passphrase.", valueName: "file"))
  var passphraseFile: String?

  /// Where the command says what it found.
  var output: Output { Output(json: json, language: lang ?? .ofEnvironment) }

  /// Runs a command's work and says what goes wrong, with the exit code that it means.
  func guarded(_ work: (Output) async throws -> Void) async throws {
    let output = output
    do {
      try await work(output)
    } catch let failure as Failure {
      output.failure(failure)
      throw ExitCode(failure.exit.rawValue)
    } catch let error as ReplicaError {
      let failure = Failure(error)
      output.failure(failure)
      throw ExitCode(failure.exit.rawValue)
    } catch let code as ExitCode {
      throw code
    } catch {
      let failure = Failure(.other, .otherError, String(describing: error))
      output.failure(failure)
      throw ExitCode(failure.exit.rawValue)
    }
  }
}
