import Foundation

/// Tells at once how far the command is, on a pipe as well.
func say(_ line: String) {
  print(line)
  fflush(nil)
}
