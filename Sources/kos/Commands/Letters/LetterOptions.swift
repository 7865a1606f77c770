import ArgumentParser
import CaseModel

/// What every letter takes.
struct LetterOptions: ParsableArguments {
  @Option(help: Phrase("Filen, der skrives.", "The file to write.").help(valueName: "file"))
  var out: String
  @Flag(help: Phrase("Erstat en fil, der er der.", "Replace a file that is there.").help())
  var force = false
  @OptionGroup var write: WriteOptions
}
