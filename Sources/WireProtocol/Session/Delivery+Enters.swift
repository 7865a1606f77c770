import Foundation
import SwiftProtobuf

/// The records that enter with a delivery, which are sent compressed where they are many (`Protocol/README.md`
/// section 6): most of a state is what the states beside it say too.
extension WireDelivery {
  /// From how many bytes of states on they are compressed: below, on the way of a single live update, the time
  /// counts for more.
  private static let compressedBytesMin = 4_096

  /// Puts states in, compressed when that pays.
  ///
  /// - Parameter byteCount: about how many bytes they take.
  public mutating func setEnters(_ enters: [WireEnter], byteCount: Int) {
    guard byteCount >= Self.compressedBytesMin,
      let content: [UInt8] = try? WireEnters.with({ $0.enters = enters }).serializedBytes(),
      content.count <= Limits.messageBytes, let section = Compression.deflate(content, .fast)
    else {
      self.enters = enters
      return
    }
    compressedEnters = Data(section)
    inflatedBytes = UInt64(content.count)
  }

  /// The states that the delivery holds, in either form.
  ///
  /// - Throws: `ProtocolError`: `LIMIT_EXCEEDED` when more than `message_bytes` are told, before anything is
  ///   inflated; `MALFORMED` when the section is not one, or both forms are there.
  public func allEnters() throws -> [WireEnter] {
    guard !compressedEnters.isEmpty || inflatedBytes > 0 else { return enters }
    guard enters.isEmpty else { throw ProtocolError.malformed }
    let content = try compressedEnters.withUnsafeBytes {
      try Compression.inflate($0, to: inflatedBytes, limit: Limits.messageBytes)
    }
    guard let decoded = try? WireEnters(serializedBytes: content), decoded.unknownFields.data.isEmpty else {
      throw ProtocolError.malformed
    }
    return decoded.enters
  }
}
