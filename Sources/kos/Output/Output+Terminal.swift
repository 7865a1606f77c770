import Glibc

extension Output {
  /// How many characters a line of the terminal has that the result goes to; `nil` where it goes elsewhere.
  static var terminalWidth: Int? {
    var size = winsize()
    guard isatty(1) == 1, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
