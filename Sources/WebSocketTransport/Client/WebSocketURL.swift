/// A WebSocket address (RFC 6455 section 3).
struct WebSocketURL: Equatable {
  let isSecure: Bool
  let host: String
  let port: Int
  let path: String

  /// - Throws: `invalidConfiguration` for what is no such address. User names and fragments are refused.
  init(_ text: String) throws(TransportError) {
    guard let parsed = Self.parse(text) else {
      throw TransportError(.invalidConfiguration, "the address is not ws://host[:port][/path] or wss://…")
    }
    self = parsed
  }

  private init(isSecure: Bool, host: String, port: Int, path: String) {
    self.isSecure = isSecure
    self.host = host
    self.port = port
    self.path = path
  }

  private static func parse(_ text: String) -> WebSocketURL? {
    // Printable ASCII only, so that nothing can break out of the request line or a header.
    guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), !text.contains("#") else { return nil }
    let lowered = text.lowercased()
    let isSecure = lowered.hasPrefix("wss://")
    guard isSecure || lowered.hasPrefix("ws://") else { return nil }
    let rest = text.dropFirst(isSecure ? 6 : 5)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let tail = rest.dropFirst(authority.count)
    let path = tail.hasPrefix("/") ? String(tail) : "/" + tail
    guard !authority.contains("@"), let (host, portText) = split(authority), !host.isEmpty else { return nil }
    var port = isSecure ? 443 : 80
    if let portText {
      guard portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(portText),
        (1...65535).contains(number)
      else { return nil }
      port = number
    }
    return WebSocketURL(isSecure: isSecure, host: String(host), port: port, path: path)
  }

  private static func split(_ authority: Substring) -> (host: Substring, port: Substring?)? {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      let host = authority[authority.index(after: authority.startIndex)..<end]
      let rest = authority[authority.index(after: end)...]
      if rest.isEmpty { return (host, nil) }
      return rest.hasPrefix(":") ? (host, rest.dropFirst()) : nil
    }
    guard let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
    return (authority[..<colon], authority[authority.index(after: colon)...])
  }

  /// The `Host` header: the port only where it is not the usual one (RFC 6455 section 4.1).
  var hostHeader: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }
}
