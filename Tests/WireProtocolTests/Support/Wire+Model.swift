import CRDT
import Foundation
import SwiftProtobuf
import WireProtocol

/// The generated messages of model values, put together without the hand-written encoding.
extension WireVersionEntry {
  init(_ entry: VersionVector.Entry) {
    self.init()
    actor = entry.actor.rawValue
    number = entry.number
  }
}

extension WireRecordFacts {
  init(_ facts: RecordFacts) {
    self.init()
    tenant = Data(facts.tenant.bytes)
    if let caseID = facts.caseID { `case` = Data(caseID.bytes) }
    kind = facts.kind
    created = facts.created
    about = facts.about.map { Data($0.bytes) }
    informationType = facts.informationType
  }
}

extension WireHeader {
  init(_ header: ChangeHeader) {
    self.init()
    record = Data(header.record.bytes)
    actor = header.id.actor.rawValue
    number = header.id.number
    author = Data(header.author.bytes)
    writtenAt = header.writtenAt
    version = header.version.entries.map(WireVersionEntry.init)
    if let facts = header.creates { creates = WireRecordFacts(facts) }
    if let digest = header.originDigest { originDigest = Data(digest.bytes) }
    originCaps = header.originCaps.map { cap in
      .with {
        $0.actor = cap.actor.rawValue
        $0.number = cap.number
      }
    }
    audienceSeen = header.audienceSeen.map(\.message)
  }
}

extension WireValue {
  init(_ value: Value) throws {
    self.init()
    switch value {
    case .null: null = true
    case .boolean(let value): boolean = value
    case .integer(let value): integer = value
    case .text(let value): text = value
    case .bytes(let value): bytes = Data(value)
    case .identifier(let value): identifier = Data(value.bytes)
    case .unknown(let encoding): try self.init(serializedBytes: encoding)
    }
  }
}

extension WirePackedChange {
  /// Everything said, nothing left out.
  init(whole change: EncodedChange, writtenAfter: Int64) {
    self.init()
    record = Data(change.header.record.bytes)
    actor = change.header.id.actor.rawValue
    number = change.header.id.number
    author = Data(change.header.author.bytes)
    self.writtenAfter = writtenAfter
    versionFollows = true
    version = change.header.version.entries.map(WireVersionEntry.init)
    if let facts = change.header.creates { creates = WireRecordFacts(facts) }
    payload = Data(change.payload)
    audienceSeen = change.header.audienceSeen.map(\.message)
    if let origin = change.origin,
      let message = try? WireOrigin(
        serializedBytes: origin.encoded(of: change.header))
    {
      self.origin = message
    }
  }
}
