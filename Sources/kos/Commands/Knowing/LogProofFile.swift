import Foundation
import SyncClient

/// What an export says of the logs: the proofs and checkpoints in a FHIR bundle (`CitizenExport`).
struct LogProofFile: Decodable {
  static let proofURL = "urn:kos:log-proof"
  static let signatureURL = "urn:kos:log-checkpoint-signature"
  static let checkpointType = "application/x-protobuf; messageType=kos.sync.v1.LogCheckpoint"

  private struct Entry: Decodable {
    let resource: Resource
  }

  private struct Resource: Decodable {
    let resourceType: String
    let contentType: String?
    let data: String?
    let `extension`: [Part]?
  }

  private struct Part: Decodable {
    let url: String
    let valueCode: String?
    let valueInteger64: String?
    let valueBase64Binary: String?
    let `extension`: [Part]?
  }

  private let resourceType: String
  private let entry: [Entry]

  /// - Returns: `nil` for what is no such bundle.
  static func read(_ bytes: [UInt8]) -> LogEvidence? {
    guard let file = try? JSONDecoder().decode(LogProofFile.self, from: Data(bytes)),
      file.resourceType == "Bundle"
    else { return nil }
    let resources = file.entry.map(\.resource)
    let checkpoints = resources.compactMap { resource -> (body: [UInt8], signature: [UInt8])? in
      guard resource.contentType == checkpointType else { return nil }
      let signature = resource.extension?.first { $0.url == signatureURL }?.valueBase64Binary
      return (decoded(resource.data), decoded(signature))
    }
    return LogEvidence(
      checkpoints: checkpoints, rows: resources.filter { $0.resourceType == "AuditEvent" }.map(row))
  }

  /// An event without a proof is one that nothing shows.
  private static func row(_ resource: Resource) -> LogEvidence.Row {
    let parts = resource.extension?.first { $0.url == proofURL }?.extension ?? []
    func part(_ name: String) -> Part? { parts.first { $0.url == name } }
    func number(_ name: String) -> UInt64 { part(name)?.valueInteger64.flatMap { UInt64($0) } ?? .max }
    return LogEvidence.Row(
      log: part("log")?.valueCode ?? "", index: number("index"), size: number("size"),
      path: decoded(part("path")?.valueBase64Binary), row: decoded(part("row")?.valueBase64Binary))
  }

  /// Nothing for what is no Base64: then it shows nothing.
  private static func decoded(_ text: String?) -> [UInt8] {
    Array(text.flatMap { Data(base64Encoded: $0) } ?? Data())
  }
}
