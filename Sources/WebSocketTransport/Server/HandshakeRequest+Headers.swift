import CLibWebSockets

extension HandshakeRequest {
  /// Reads the headers that are still bound to the socket, or nil when the upgrade is not to `websocket`.
  ///
  /// The callback's `in` argument is never touched: at an upgrade on a kept-alive connection the library
  /// passes headers that it has freed. `lws_hdr_copy` asks the socket instead and finds nothing then.
  init?(headersOf wsi: OpaquePointer) {
    guard let upgrade = Self.header(WSI_TOKEN_UPGRADE, of: wsi, bytesMax: 16),
      upgrade.lowercased() == "websocket"
    else { return nil }
    self.upgrade = upgrade
    isGet = lws_hdr_total_length(wsi, WSI_TOKEN_GET_URI) > 0
    version = Self.header(WSI_TOKEN_VERSION, of: wsi, bytesMax: 8)
    key = Self.header(WSI_TOKEN_KEY, of: wsi, bytesMax: 64)
    origin =
      Self.header(WSI_TOKEN_ORIGIN, of: wsi, bytesMax: 256)
      ?? Self.header(WSI_TOKEN_SWORIGIN, of: wsi, bytesMax: 256)
    subprotocols = Self.header(WSI_TOKEN_PROTOCOL, of: wsi, bytesMax: 256)
  }

  /// A header's text; nil when it is absent, and a text that fits nothing when it is too long for its buffer.
  private static func header(_ token: lws_token_indexes, of wsi: OpaquePointer, bytesMax: Int) -> String? {
    guard lws_hdr_total_length(wsi, token) > 0 else { return nil }
    var buffer = [CChar](repeating: 0, count: bytesMax)
    let count = lws_hdr_copy(wsi, &buffer, Int32(bytesMax), token)
    guard count > 0, count < bytesMax else { return "\u{0}" }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
