import WireProtocol

@testable import Storage

extension StoredContent {
  /// The digest that an attachment's bytes are declared with.
  static func digest(of content: [UInt8]) -> Digest {
    var digest = RunningDigest()
    digest.add(content)
    return digest.digest
  }
}
