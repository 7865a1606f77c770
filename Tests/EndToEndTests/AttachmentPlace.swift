import CRDT
import CaseModel
import Foundation
import SyncClient
import TestProcesses

/// A case on a real server, a coordinator with a file, and a colleague who wants it.
final class AttachmentPlace {
  /// What one run of `kos` came to.
  struct Run {
    let end: ChildProcess.End
    /// How far the bytes were when it first told.
    let firstProgress: UInt64
  }

  let served: ServedPlace
  let karin: Replica
  let poul: Replica
  let caseID: Identifier
  let attachment: Identifier
  let content: [UInt8]

  init(byteCount: Int, canary: String) async throws {
    served = try await ServedPlace()
    let leader = served.leader
    karin = try await served.office.colleague("Karin", as: .familyCoordinator, of: leader)
    poul = try await served.office.colleague("Poul", as: .coreTeam, of: leader)
    caseID = leader.newIdentifier()
    attachment = leader.newIdentifier()
    try await served.office.openCase(
      caseID, assessment: leader.newIdentifier(), leader: leader, team: [karin, poul])
    var random = SplitMix64(seed: 11)
    var bytes = [UInt8](repeating: 0, count: byteCount)
    for index in stride(from: 0, to: byteCount - 8, by: 8) {
      let word = random.next()
      for place in 0..<8 { bytes[index + place] = UInt8(truncatingIfNeeded: word >> UInt64(8 * place)) }
    }
    for place in [1_000, byteCount / 2, byteCount - 1_000] {
      bytes.replaceSubrange(place..<(place + canary.utf8.count), with: Array(canary.utf8))
    }
    content = bytes
  }

  /// The coordinator attaches the file, without a connection.
  func attach(as name: String) throws {
    let draft = CaseWork.attachment(
      id: attachment, in: caseID, name: name, mediaType: "application/pdf", size: content.count,
      digest: Replica.digest(of: content), on: karin.today())
    try karin.attach(content, as: draft)
  }

  /// Runs `kos` on somebody's replica until it ends, or until bytes have come so far that somebody is killed.
  func run(
    _ who: String, _ words: [String], killedAfter bytes: UInt64? = nil,
    killingServerAfter serverBytes: UInt64? = nil
  ) throws -> Run {
    let process = try ChildProcess(
      Products.path("kos"), words + ["--home", served.folder.path + "/" + who, "--json"])
    var first: UInt64?
    while let line = try process.readLine() {
      guard let told = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let number = (told["bytes"] as? NSNumber)?.uint64Value
      else { continue }
      first = first ?? number
      if let bytes, number >= bytes { process.endNow() }
      if let serverBytes, number >= serverBytes { served.kosd.process.endNow() }
    }
    return Run(end: process.wait(), firstProgress: first ?? 0)
  }

  /// An outside reporter's replica, all caught up.
  func hospital() async throws -> Replica {
    let person = karin.newIdentifier()
    let alias = karin.newIdentifier()
    try karin.write([
      [
        CaseWork.participant(
          id: karin.newIdentifier(), in: caseID, person: person, role: .externalReporter, alias: alias,
          since: karin.today())
      ]
    ])
    try await Office.sync(karin)
    let invitation = try await karin.invite(
      role: .externalReporter, person: person, name: "Sygehuset", case: caseID,
      passphrase: Office.noPassphrase)
    let hospital = try await served.office.enroll("hospital", code: invitation.code)
    try await Office.sync(hospital)
    return hospital
  }
}
