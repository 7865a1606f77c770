import CRDT
import Replication
import WireProtocol

/// Reads what another tenant hands over, from the file's beginning to its end.
struct TransferReader {
  /// One message of the file behind the first.
  enum Part {
    case changes([OfferedChange])
    case attachment(StoredAttachment)
    case chunk(AttachmentChunk)
  }

  let statement: TransferStatement
  /// The size of the file, in bytes.
  let fileBytes: Int
  private let reader: BundleReader
  private var counted = TransferSummary()
  private var records: Set<Identifier> = []

  /// - Throws: `BundleError`; `TransferError`: `badSignature`, `malformed`.
  init(_ file: String, for tenant: Tenant, from sender: TenantCard) throws {
    reader = try BundleReader(path: file)
    guard reader.header.kind == .transfer else { throw BundleError(.wrongKind) }
    guard reader.header.tenant == tenant.id else { throw BundleError(.otherTenant) }
    try reader.open(.transfer, secret: tenant.signingKey.tenantAgreementSecret)
    fileBytes = reader.fileBytes
    guard let first = try reader.nextMessage(),
      let message = try? TransferTransferMessage(serializedBytes: first)
    else { throw TransferError(.malformed) }
    do {
      statement = try TransferStatement(message, from: sender, over: reader.encodedHeader)
    } catch {
      let code = (error as? ProtocolError)?.code
      throw TransferError(code == .badSignature ? .badSignature : .malformed)
    }
  }

  /// The next part; `nil` behind the last, when all is here that the last message counts.
  mutating func next() throws -> Part? {
    guard let bytes = try reader.nextMessage() else { throw TransferError(.malformed) }
    do {
      switch try TransferTransferMessage(serializedBytes: bytes).body {
      case .changes(let message):
        let changes = try message.changes.map { try OfferedChange($0) }
        counted.changes += changes.count
        records.formUnion(changes.map(\.change.header.record))
        return .changes(changes)
      case .attachment(let message):
        guard let record = Identifier(bytes: message.record), let digest = Digest(bytes: message.digest),
          message.size <= UInt64(Limits.attachmentBytes)
        else { throw TransferError(.malformed) }
        counted.attachments += 1
        return .attachment(
          StoredAttachment(
            upload: Upload(attachment: record, size: message.size, digest: digest),
            actor: ActorID(rawValue: message.actor), stored: 0, isComplete: false))
      case .chunk(let message): return .chunk(try AttachmentChunk(message))
      case .end(let message):
        counted.records = records.count
        guard message == counted.end.end, try reader.nextMessage() == nil else {
          throw TransferError(.malformed)
        }
        return nil
      case .opening, nil: throw TransferError(.malformed)
      }
    } catch let error as TransferError {
      throw error
    } catch let error as BundleError {
      throw error
    } catch {
      throw TransferError(.malformed)
    }
  }

  /// What was read.
  var summary: TransferSummary {
    var summary = counted
    summary.other = statement.name
    summary.cases = statement.cases
    summary.records = records.count
    summary.fileBytes = fileBytes
    return summary
  }
}
