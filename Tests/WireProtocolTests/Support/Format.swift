import CRDT
import SwiftProtobuf

@testable import WireProtocol

/// The formats that are written and read by hand, each with the generated code that must agree with it.
enum Format: CaseIterable {
  case header, payload, packedChanges, deliveredChanges, recordState

  static let epoch = Identifier(high: 1, low: 2)

  /// Decodes and encodes again.
  func roundTrip(_ bytes: [UInt8]) throws -> [UInt8] {
    switch self {
    case .header: return try ChangeHeader(canonicalBytes: bytes).canonicalBytes
    case .payload: return try Payload(encoded: bytes).encoded
    case .packedChanges:
      var packer = ChangePacker()
      for change in try ChangeUnpacker.changes(bytes) { packer.append(change) }
      return packer.encoded
    case .deliveredChanges:
      var packer = ChangePacker()
      for change in try ChangeUnpacker.delivered(bytes, epoch: Self.epoch) { packer.append(change) }
      return packer.encoded
    case .recordState: return try RecordSnapshot(encoded: bytes).encoded
    }
  }

  /// Decodes by the generated code and encodes again.
  func generatedRoundTrip(_ bytes: [UInt8]) throws -> [UInt8] {
    switch self {
    case .header: try WireHeader(serializedBytes: bytes).serializedBytes()
    case .payload: try WirePayload(serializedBytes: bytes).serializedBytes()
    case .packedChanges: try WirePackedChanges(serializedBytes: bytes).serializedBytes()
    case .deliveredChanges: try WireDeliveredChanges(serializedBytes: bytes).serializedBytes()
    case .recordState: try WireRecordState(serializedBytes: bytes).serializedBytes()
    }
  }

  /// A valid encoding.
  func sample(_ random: inout SplitMix64) -> [UInt8] {
    switch self {
    case .header: return random.header(creates: random.flip() ? random.facts() : nil).canonicalBytes
    case .payload: return random.payload().encoded
    case .packedChanges:
      var packer = ChangePacker()
      for change in random.run() { packer.append(change) }
      return packer.encoded
    case .deliveredChanges:
      var packer = ChangePacker()
      for change in random.deliveredRun(epoch: Self.epoch) { packer.append(change) }
      return packer.encoded
    case .recordState: return random.snapshot().encoded
    }
  }
}
