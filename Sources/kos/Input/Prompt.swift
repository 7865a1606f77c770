import Glibc

/// Asks at the terminal.
enum Prompt {
  /// Whether somebody can be asked.
  static var isPossible: Bool { isatty(0) == 1 }

  /// What a terminal takes of one line: it drops what more is typed, and says nothing (termios(3)).
  private static let lineBytesMax = 4095

  /// Asks for a line; `nil` when there is no terminal or the input ended.
  ///
  /// - Throws: `Failure` for a line whose end the terminal may have dropped.
  static func line(_ question: String) throws -> String? {
    guard isPossible else { return nil }
    Descriptor.write(question + ": ", to: 2)
    return try typedLine()
  }

  /// Asks for a text of any number of lines: in the user's editor where she has named one, else up to an
  /// empty line or the end of the input. `nil` when there is no terminal or nothing was typed.
  ///
  /// - Throws: `Failure` for a line whose end the terminal may have dropped, or an editor that fails.
  static func text(_ question: String, _ output: Output) throws -> String? {
    guard isPossible else { return nil }
    if ExternalEditor.isNamed {
      output.notice(question)
      let text = try ExternalEditor(output).edit("")
      return text.allSatisfy(\.isWhitespace) ? nil : text.withoutLineEnds
    }
    Descriptor.write("\(question) – \(output.say(.emptyLineEnds)): ", to: 2)
    var lines: [String] = []
    while let line = try typedLine() {
      // What was pasted has empty lines between its paragraphs, and what follows them is there already.
      if line.allSatisfy(\.isWhitespace), !isMoreTyped { break }
      lines.append(line)
    }
    let text = lines.joined(separator: "\n").withoutLineEnds
    return text.allSatisfy(\.isWhitespace) ? nil : text
  }

  private static func typedLine() throws -> String? {
    let typed = readLine()
    guard (typed?.utf8.count ?? 0) >= lineBytesMax else { return typed }
    // What follows is the rest of a paste, and no command for whoever reads the terminal next.
    tcflush(0, TCIFLUSH)
    throw Failure(.usage, .lineFull, String(lineBytesMax))
  }

  /// Whether a whole line waits that was typed before it was asked for.
  private static var isMoreTyped: Bool {
    var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, pasteGap) > 0 && waiting.revents & Int16(POLLIN) != 0
  }

  /// How long a terminal may take between two lines of one paste, in milliseconds: nobody types as fast.
  private static let pasteGap: Int32 = 50

  /// Asks for a line that is not shown while it is typed; `nil` without a terminal.
  static func secret(_ question: String) -> String? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var shown = termios()
    guard tcgetattr(terminal, &shown) == 0 else { return nil }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else { return nil }
    defer {
      tcsetattr(terminal, TCSAFLUSH, &shown)
      Descriptor.write("\n", to: terminal)
    }
    Descriptor.write(question + ": ", to: terminal)
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }
}
