/// Where the passphrase comes from: a file that an option names, or the terminal.
struct Passphrase {
  /// The file that holds it.
  let file: String?
  /// Where to ask.
  let output: Output

  /// Gives the passphrase of a replica that exists.
  func ask() throws -> String {
    if let file { return try read(file) }
    guard let text = Prompt.secret(output.say(.passphrasePrompt)) else { throw Failure(.locked, .locked) }
    return text
  }

  /// Gives a new passphrase, asked for twice at the terminal.
  func askForNew() throws -> String {
    if let file { return try read(file) }
    let text = try ask()
    guard Prompt.secret(output.say(.passphraseAgain)) == text else {
      throw Failure(.usage, .differentPassphrases)
    }
    return text
  }

  private func read(_ file: String) throws -> String {
    let bytes = try Descriptor.readFile(file)
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard let text = String(validating: line, as: UTF8.self), !text.isEmpty else {
      throw Failure(.usage, .notText, file)
    }
    return text
  }
}
