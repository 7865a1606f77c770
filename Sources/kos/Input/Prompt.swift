import Glibc

/// Asks at the terminal.
enum Prompt {
  /// Whether somebody can be asked.
  static var isPossible: Bool { isatty(0) == 1 }

  /// Asks for a line; `nil` when there is no terminal or the input ended.
  static func line(_ question: String) -> String? {
    guard isatty(0) == 1 else { return nil }
    Descriptor.write(question + ": ", to: 2)
    return readLine()
  }

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
