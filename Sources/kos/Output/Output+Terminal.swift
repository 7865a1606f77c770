import Glibc

extension Output {
  /// What a terminal has that does not say: as many as terminals began with.
  private static let usualWidth = 80

  /// How many characters a line of the terminal has that the result goes to; `nil` where it goes elsewhere.
  /// A terminal within another program may not know; then `COLUMNS` tells, where somebody set it.
  static var terminalWidth: Int? {
    guard isatty(1) == 1 else { return nil }
    var size = winsize()
    if ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    guard let told = getenv("COLUMNS").flatMap({ Int(String(cString: $0)) }), told > 0 else {
      return usualWidth
    }
    return told
  }
}
