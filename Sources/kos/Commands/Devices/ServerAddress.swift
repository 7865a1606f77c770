/// How a server's address is told to people.
enum ServerAddress {
  /// What stands between scheme and path: host and port.
  static func spoken(_ url: String) -> String {
    let parts = url.split(separator: "/", omittingEmptySubsequences: true)
    return (parts.first?.hasSuffix(":") == true ? parts.dropFirst().first : parts.first).map(String.init)?
      .shown
      ?? url.shown
  }
}
