import CRDT
import CaseModel

import SwiftProtobuf

@testable import Replication
@testable import Storage
@testable import WireProtocol

/// Everything that reads bytes which a peer sent, a disk kept or a person gave.
enum Decoder: String, CaseIterable {
  case clientMessage = "client-message"
  case serverMessage = "server-message"
  case header, payload
  case packedChanges = "packed-changes"
  case deliveredChanges = "delivered-changes"
  case recordState = "record-state"
  case cursor
  case enrolmentCode = "enrolment-code"
  case seals, stamps
  case bundleHeader = "bundle-header"
  case bundleContent = "bundle-content"
  case segment
  case journalRun = "journal-run"
  case attachmentExchange = "attachment-exchange"
  case deviceKey = "device-key"
  case tenantKeys = "tenant-keys"
  case caseload

  private static let epoch = Identifier(high: 1, low: 2)
  private static let stampKey = StampKey(secret: Array(repeating: 9, count: 32))

  /// How many times its input a decoder may take in memory, beyond `freeBytes`.
  var memoryFactor: Int {
    switch self {
    // Messages of the generated code are objects, of which the shortest takes two bytes on the wire.
    case .clientMessage, .serverMessage: 128
    // Each of the shortest messages may be answered with all bytes of the attachment.
    case .attachmentExchange: 128
    default: 16
    }
  }

  /// What every decoder may take: first uses, tables, short inputs.
  static let freeBytes = 256 << 10

  /// Decodes, and gives what it decoded as bytes again, where it has an encoding.
  ///
  /// - Throws: whatever the decoder throws, which is no finding.
  func decode(_ bytes: [UInt8]) throws -> [UInt8]? {
    switch self {
    case .clientMessage: return try Self.client(bytes)
    case .serverMessage: return try Self.server(bytes)
    case .header: return try ChangeHeader(canonicalBytes: bytes).canonicalBytes
    case .payload: return try Payload(encoded: bytes).encoded
    case .packedChanges: return try Self.packed(bytes)
    case .deliveredChanges: return try Self.delivered(bytes)
    case .recordState: return try Self.state(bytes)
    case .cursor:
      _ = try Self.stampKey.openCursor(bytes, actor: ActorID(rawValue: 7))
      return nil
    case .bundleHeader: return try BundleHeader(encoded: bytes).encoded
    case .bundleContent: return try Self.bundle(bytes)
    case .enrolmentCode:
      return EnrolmentCode(String(decoding: bytes, as: UTF8.self))?.description.utf8.map { $0 }
    case .seals: return SealCoding.encode(try SealCoding.decode(bytes))
    case .segment: return try StoredRows.segment(bytes)
    case .journalRun: return try StoredRows.journal(bytes)
    case .attachmentExchange: return try AttachmentExchange.run(bytes)
    case .stamps: return StampCoding.encode(try StampCoding.decode(bytes))
    case .deviceKey:
      return try KeyFiles.with(bytes) { home in
        // To derive a key takes its time, by design; nobody knows the passphrase here.
        _ = try DeviceKeys(home: home) { throw StorageError(.wrongPassphrase) }
        return nil
      }
    case .tenantKeys:
      return try KeyFiles.with(bytes) { home in
        let keys = try TenantKeys(readFrom: home + "/tenant.keys")
        return keys.signingSecret + keys.stampSecret
      }
    case .caseload: return Self.caseload(bytes)
    }
  }

  private static func client(_ bytes: [UInt8]) throws -> [UInt8] {
    let message = try WireClientMessage(checking: bytes)
    if case .push(let push) = message.body { _ = try? Push(push) }
    if case .bundle(let opening) = message.body {
      _ = try? BundleHeader(encoded: Array(opening.header))
      _ = try? WireClientHello(serializedBytes: Array(opening.hello))
    }
    if let body = message.body {
      AttachmentExchange.read(body)
      LogMessages.read(body)
    }
    return try message.serializedBytes()
  }

  private static func server(_ bytes: [UInt8]) throws -> [UInt8] {
    let message = try WireServerMessage(checking: bytes)
    switch message.body {
    case .verdicts(let verdicts):
      _ = try? EntryVerdict.list(from: verdicts, epoch: epoch, sizes: [1: 2, 2: 1])
    case .delivery(let delivery):
      for enter in (try? delivery.allEnters()) ?? [] { _ = try? RecordSnapshot(encoded: Array(enter.state)) }
      _ = try? ChangeUnpacker.delivered(Array(delivery.changes), epoch: epoch)
    case let body?: LogMessages.read(body)
    case nil: break
    }
    return try message.serializedBytes()
  }

  /// In two chunks, wherever they meet.
  private static func bundle(_ bytes: [UInt8]) throws -> [UInt8] {
    var content = BundleContent()
    var given: [UInt8] = []
    for chunk in [bytes.prefix(bytes.count / 2), bytes.dropFirst(bytes.count / 2)] {
      content.append(Array(chunk))
      while let message = try content.next() { given += BundleContent.framed(message) }
    }
    return given
  }

  private static func packed(_ bytes: [UInt8]) throws -> [UInt8] {
    var packer = ChangePacker()
    for change in try ChangeUnpacker.changes(bytes) {
      _ = try? change.decoded()
      packer.append(change)
    }
    return packer.encoded
  }

  private static func delivered(_ bytes: [UInt8]) throws -> [UInt8] {
    var packer = ChangePacker()
    for change in try ChangeUnpacker.delivered(bytes, epoch: epoch) { packer.append(change) }
    return packer.encoded
  }

  private static func state(_ bytes: [UInt8]) throws -> [UInt8] {
    let snapshot = try RecordSnapshot(encoded: bytes)
    if let record = CaseRecord(snapshot, creator: epoch) {
      // The typed views of what a peer sent, too.
      let stock = CaseStock(records: [record])
      _ = stock
      var governing = GoverningState()
      governing.update(with: record)
    }
    return snapshot.encoded
  }

  private static func caseload(_ bytes: [UInt8]) -> [UInt8]? {
    _ = CaseloadImport.parse(bytes)
    return nil
  }
}
