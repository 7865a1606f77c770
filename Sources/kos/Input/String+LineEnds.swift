extension String {
  /// The text without the line ends behind it, which files and editors put there.
  var withoutLineEnds: String {
    var text = self[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
