import CRDT
import Testing

@testable import WireProtocol

/// The logs' vectors, read as a program in another language would read them.
extension VectorTests {
  private func path(_ file: VectorFile) throws -> [[UInt8]] {
    try file.strings("path").map { try #require([UInt8](hex: $0)) }
  }

  private func digest(_ file: VectorFile, _ member: String) throws -> Digest {
    try #require(Digest(bytes: file.bytes(member)))
  }

  @Test func logRowsAreRead() throws {
    let fixture = try Fixture()
    let file = try VectorFile("log-row")
    for (name, kind, rows) in [
      ("delivered", LogKind.delivered, fixture.deliveredRows), ("opened", .opened, fixture.openedRows),
    ] {
      let told = try file.list(name)
      #expect(told.count == rows.count)
      for (told, expected) in zip(told, rows) {
        let row = try LogRow(encoded: told.bytes("encoded"))
        #expect(row == expected)
        #expect(try row.commitment(in: kind) == digest(told, "commitment"))
        #expect(try row.leafHash(in: kind) == digest(told, "leaf"))
      }
    }
    let event = try DeliveredEvent(encoded: file.list("delivered")[0].bytes("event"))
    #expect(event.act == .enter(record: fixture.record, generation: 1))
    #expect(event.rule == "participant" && event.ground == fixture.caseID)
  }

  @Test func logCheckpointsAreRead() throws {
    let fixture = try Fixture()
    let file = try VectorFile("log-checkpoint")
    let key = try VerifyingKey(bytes: file.bytes("tenant_key"))
    let signed = try file.list("checkpoints").map {
      try SignedCheckpoint(body: $0.bytes("encoded"), signature: $0.bytes("signature"))
    }
    #expect(signed.allSatisfy { $0.isSigned(by: key) })
    #expect(signed[2].checkpoint == fixture.logCheckpoint(.delivered, fixture.deliveredRows, minutes: 2))
    var memory = CheckpointMemory(tenant: fixture.tenant, kind: .delivered)
    let tree = MemoryNodes(leafHashes: fixture.deliveredRows.map { $0.leafHash(in: .delivered) })
    for signed in signed.prefix(3) {
      let proof = try tree.consistencyProof(from: memory.size, to: signed.checkpoint.size)
      try memory.take(signed, proof: proof, key: key)
    }
    #expect(memory.size == 11)
    #expect(throws: LogFinding.otherLog) { try memory.take(signed[3], proof: nil, key: key) }
  }

  @Test func logProofsAreRead() throws {
    let file = try VectorFile("log-proof")
    #expect(try MerkleFrontier(encoded: file.bytes("frontier")).size == 13)
    for told in try file.list("inclusion") {
      let proof = try InclusionProof(
        index: told.number("index"), size: told.number("size"), received: path(told))
      #expect(try proof.isValid(leaf: digest(told, "leaf"), root: digest(told, "root")))
    }
    for told in try file.list("consistency") {
      let proof = try ConsistencyProof(
        first: told.number("first"), second: told.number("second"), received: path(told))
      #expect(try proof.isValid(from: digest(told, "first_root"), to: digest(told, "second_root")))
    }
  }
}
