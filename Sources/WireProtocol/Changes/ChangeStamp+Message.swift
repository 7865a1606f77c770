import CRDT
import SwiftProtobuf

extension ChangeStamp {
  /// Reads the message of a session.
  ///
  /// - Throws: `ProtocolError` when it is not one.
  public init(_ message: WireStamp) throws {
    guard let epoch = Identifier(bytes: message.epoch), let mac = Identifier(bytes: message.mac) else {
      throw ProtocolError.malformed
    }
    guard message.verdict == .verdictAccepted || message.verdict == .verdictRefused else {
      throw ProtocolError(.unsupported)
    }
    self.init(
      receivedAt: message.receivedAt, isAccepted: message.verdict == .verdictAccepted,
      seal: Seal(epoch: epoch, sealedPosition: message.sealedPosition, mac: mac))
  }

  /// The message of a session.
  public var message: WireStamp {
    .with {
      $0.epoch = .init(seal.epoch.bytes)
      $0.sealedPosition = seal.sealedPosition
      $0.receivedAt = receivedAt
      $0.verdict = isAccepted ? .verdictAccepted : .verdictRefused
      $0.mac = .init(seal.mac.bytes)
    }
  }
}

extension ChangeOrigin {
  /// Reads the message of a session.
  ///
  /// - Throws: `ProtocolError` when it is not one.
  public init(_ message: WireOrigin) throws {
    guard let previous = Digest(bytes: message.previous) else { throw ProtocolError.malformed }
    self.init(
      header: try ChangeHeader(canonicalBytes: Array(message.header)), previous: previous,
      stamp: message.hasStamp ? try ChangeStamp(message.stamp) : nil)
  }

  /// The message of a session, for the change that stands for the original.
  public func message(of change: ChangeHeader) -> WireOrigin {
    .with {
      if let digest = change.originDigest { $0.digest = .init(digest.bytes) }
      $0.header = .init(header.canonicalBytes)
      $0.previous = .init(previous.bytes)
      if let stamp { $0.stamp = stamp.message }
      $0.caps = change.originCaps.map { cap in
        .with {
          $0.actor = cap.actor.rawValue
          $0.number = cap.number
        }
      }
    }
  }
}
