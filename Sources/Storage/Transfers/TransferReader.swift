import CRDT
import Replication
import WireProtocol

/// Reads what another tenant hands over, from the file's beginning to its end.
struct TransferReader {
  /// One message of the file behind the first.
  enum Part {
    case handover(Handover)
    case changes([OfferedChange])
    case attachment(StoredAttachment)
    case chunk(AttachmentChunk)
  }

  /// What the other tenant signed.
  let handover: Handover
  /// The size of the file, in bytes.
  let fileBytes: Int
  private let reader: BundleReader
  private var counted = TransferSummary()
  private var handovers: [Handover] = []
  private var records: Set<Identifier> = []

  /// So many hand-overs may come along: each is in memory.
  private static let handoversMax = 1_024

  var statement: TransferStatement { handover.statement }

  /// - Throws: `BundleError`; `TransferError`: `badSignature`, `malformed`.
  init(_ file: String, for tenant: Tenant, from sender: TenantCard) throws {
    reader = try BundleReader(path: file)
    guard reader.header.kind == .transfer else { throw BundleError(.wrongKind) }
    guard reader.header.tenant == tenant.id else { throw BundleError(.otherTenant) }
    try reader.open(.transfer, secret: tenant.signingKey.tenantAgreementSecret)
    fileBytes = reader.fileBytes
    guard let first = try reader.nextMessage(),
      case .opening(let opening)? = try? TransferTransferMessage(serializedBytes: first).body
    else { throw TransferError(.malformed) }
    do {
      handover = try Handover(opening, from: sender, over: reader.encodedHeader)
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
      case .handover(let message): return .handover(try take(message))
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

  /// Hand-overs come before all that they prove.
  private mutating func take(_ message: TransferHandover) throws -> Handover {
    guard counted.changes == 0, counted.attachments == 0, handovers.count < Self.handoversMax else {
      throw TransferError(.malformed)
    }
    guard let handover = try? Handover(message) else { throw TransferError(.unproven) }
    handovers.append(handover)
    return handover
  }

  /// What was read.
  var summary: TransferSummary {
    var summary = counted
    summary.other = statement.name
    summary.cases = statement.cases
    summary.records = records.count
    summary.fileBytes = fileBytes
    summary.note(handovers)
    return summary
  }
}
