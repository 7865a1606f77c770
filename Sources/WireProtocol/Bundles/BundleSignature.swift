/// What the sender of a bundle signs. The header has the key under which all that follows is sealed, which
/// only the sender and the receiver know: so one signature says who sealed every byte of the file.
extension Transcript {
  /// SHA-256 of the bundle's header ‖ SHA-256 of the hello, or of the body of the reply.
  ///
  /// - Parameters:
  ///   - header: as it stands in the file.
  ///   - content: an encoded `ClientHello`, or an encoded `BundleReplyBody`.
  public static func bundle(header: [UInt8], content: [UInt8]) -> [UInt8] {
    Digest.of { $0.add(header) }.bytes + Digest.of { $0.add(content) }.bytes
  }
}

extension SigningKey {
  /// The first message of a push bundle.
  ///
  /// - Parameters:
  ///   - header: as it stands in the file.
  ///   - hello: an encoded `ClientHello`.
  public func opening(header: [UInt8], hello: [UInt8]) -> WireBundleOpening {
    .with {
      $0.header = .init(header)
      $0.hello = .init(hello)
      $0.signature = .init(sign(Transcript.bundle(header: header, content: hello), for: .bundle))
    }
  }

  /// The first message of a delivery bundle, under the tenant's key.
  ///
  /// - Parameters:
  ///   - header: as it stands in the file.
  ///   - body: an encoded `BundleReplyBody`.
  public func reply(header: [UInt8], body: [UInt8]) -> WireBundleReply {
    .with {
      $0.header = .init(header)
      $0.body = .init(body)
      $0.signature = .init(sign(Transcript.bundle(header: header, content: body), for: .bundleReply))
    }
  }
}
