/// Whom a server lets in. The library is lax here: it takes any version, a missing key, and `h2c` besides
/// `websocket`.
struct HandshakePolicy {
  /// What to answer.
  enum Verdict: Equatable {
    /// Switch protocols.
    case accept
    /// Answer with this status and close.
    case reject(HTTPStatus)
    /// Close without an answer.
    case hangUp
  }

  let subprotocol: String
  let allowedOrigins: [String]

  /// Judges a request. Anything but `websocket` is left without an answer: the library's own paths for other
  /// upgrades lead to an HTTP/2 implementation with known holes, and to headers that may have been freed.
  func judge(_ request: HandshakeRequest) -> Verdict {
    guard request.isGet, request.upgrade?.lowercased() == "websocket" else { return .hangUp }
    if let origin = request.origin, !allowedOrigins.contains(origin) { return .reject(.forbidden) }
    guard request.version == "13" else { return .reject(.upgradeRequired) }
    guard let key = request.key, Self.isKey(key) else { return .reject(.badRequest) }
    guard let offered = request.subprotocols, Self.list(offered, has: subprotocol) else {
      return .reject(.otherSubprotocol(subprotocol))
    }
    return .accept
  }

  /// Whether the text can be 16 bytes in Base64: 22 digits and two paddings.
  private static func isKey(_ key: String) -> Bool {
    let bytes = Array(key.utf8)
    guard bytes.count == 24, bytes.suffix(2).elementsEqual("==".utf8) else { return false }
    return bytes.prefix(22).allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
        true
      default: false
      }
    }
  }

  private static func list(_ list: String, has token: String) -> Bool {
    list.split(separator: ",").contains { item in
      item.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" } == token
    }
  }

  /// Whether the text is a token (RFC 9110 section 5.6.2) that the library's buffer of 64 bytes can hold.
  static func isToken(_ text: String) -> Bool {
    let marks = Array("!#$%&'*+-.^_`|~".utf8)
    return (1...63).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: marks.contains(byte)
        }
      }
  }
}
