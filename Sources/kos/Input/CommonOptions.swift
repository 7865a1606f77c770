import ArgumentParser
import SyncClient

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: Phrase(
      "Kopiens mappe, ellers KOS_HOME, ellers ~/.kos.", "The replica's directory, else KOS_HOME, else ~/.kos."
    ).help(valueName: "dir"))
  var home: String?

  @Flag(help: Phrase("Ét objekt pr. linje, til programmer.", "One object a line, for programs.").help())
  var json = false

  @Option(
    help: Phrase("Sproget, ellers det i LANG: da eller en.", "The language, else LANG's: da or en.").help())
  var lang: Language?

  @Option(
    name: .customLong("passphrase-file"),
    help: Phrase("Filen med adgangssætningen.", "The file that holds the passphrase.").help(valueName: "file")
  )
  var passphraseFile: String?

  @Flag(
    name: .customLong("no-color"),
    help: Phrase("Uden farver og fed skrift, som med NO_COLOR.", "No colours and no bold, as with NO_COLOR.")
      .help())
  var isPlain = false

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
