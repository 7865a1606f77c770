import ArgumentParser
import Glibc

/// Where a text comes from: the option, a file, the standard input when it is no terminal, or a prompt.
struct TextOptions: ParsableArguments {
  @Option(help: Phrase("Teksten.", "The text.").help())
  var text: String?

  @Option(
    help: Phrase(
      "Filen med teksten; - er standardinput.", "The file that holds the text; - is the standard input."
    ).help(valueName: "file"))
  var file: String?

  /// The text that the options name; `nil` when they name none.
  func named() throws -> String? {
    if let text { return text }
    guard let file else { return nil }
    return try Self.decode(Descriptor.readFile(file), name: file)
  }

  /// The text, asked for when no option names it.
  func required(_ output: Output) throws -> String {
    let text = try given() ?? Prompt.text(output.say(.textPrompt), output)
    guard let text, !text.allSatisfy(\.isWhitespace) else { throw Failure(.usage, .noText) }
    return text
  }

  /// The text as far as it is there without asking; `nil` when there is none.
  func given() throws -> String? {
    if let text = try named() { return text }
    guard isatty(0) == 0 else { return nil }
    let text = try Self.decode(Descriptor.readAll(0, name: "-"), name: "-")
    return text.isEmpty ? nil : text
  }

  private static func decode(_ bytes: [UInt8], name: String) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure(.usage, .notText, name) }
    return text.withoutLineEnds
  }
}
