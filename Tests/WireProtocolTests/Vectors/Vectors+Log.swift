import CRDT

@testable import WireProtocol

/// The vectors of the logs of knowing.
extension Fixture {
  private var logID: Identifier { Identifier(high: 0x8888_8888_8888_4888, low: 0x8888_8888_8888_8888) }

  private func logSalts(_ number: UInt64) -> (agent: Identifier, event: Identifier) {
    (salt(2 * number), salt(2 * number + 1))
  }

  private var logAgent: LogAgent { LogAgent(person: child, account: account, device: actor) }

  /// One row of each act, one without what, one without who, a padding and one of which nothing is left.
  var deliveredRows: [LogRow] {
    let acts: [DeliveredAct] = [
      .enter(record: record, generation: 1),
      .changeRun(record: record, actor: otherActor, numbers: 1...3),
      .historyRead(record: record),
      .attachmentBytes(record: otherRecord, bytes: 0..<65_536),
      .cursorAdvance(positions: 15...40),
      .bundle(header: digests[0]),
      .exit(record: record, generation: 1),
    ]
    let rows = acts.enumerated().map { index, act in
      let isOfRecord = act.fields.record != nil
      let event = DeliveredEvent(
        act: act, rule: isOfRecord ? "participant" : "", ground: index == 0 ? caseID : nil)
      return LogRow(
        recordedAt: time + Int64(index) * 1_000, agent: logAgent, delivered: event,
        salts: logSalts(UInt64(index)))
    }
    return rows + [
      rows[1].blindingEvent(), rows[2].blindingAgent(), .padding(salt: salt(99)),
      rows[3].withholding(in: .delivered),
    ]
  }

  var openedRows: [LogRow] {
    let event = OpenedEvent(record: record, openedAt: time - 30_000, purpose: "follow-up")
    return [
      LogRow(recordedAt: time, agent: logAgent, opened: event, salts: logSalts(50)), .padding(salt: salt(99)),
    ]
  }

  func logCheckpoint(_ kind: LogKind, _ rows: some Sequence<LogRow>, minutes: Int64 = 0) -> LogCheckpoint {
    var frontier = MerkleFrontier()
    for row in rows { frontier.append(row.leafHash(in: kind)) }
    return LogCheckpoint(
      tenant: tenant, kind: kind, log: logID, size: frontier.size, root: frontier.root,
      signedAt: time + minutes * 60_000)
  }

  private func row(_ row: LogRow, in kind: LogKind) -> JSON {
    var members = [JSON.Member(name: "encoded", value: .hex(row.encoded))]
    if case .entry(let recordedAt, let agent, let event) = row {
      members.append(.init(name: "recorded_at", value: .number(recordedAt)))
      for (name, part, role) in [("agent", agent, LogPart.Role.agent), ("event", event, .event)] {
        if let content = part.content { members.append(.init(name: name, value: .hex(content))) }
        members.append(.init(name: name + "_digest", value: .hex(part.digest(as: role))))
      }
    }
    members.append(.init(name: "commitment", value: .hex(row.commitment(in: kind))))
    members.append(.init(name: "leaf", value: .hex(row.leafHash(in: kind))))
    return .object(members)
  }

  var logRowVector: Vector {
    Vector(
      name: "log-row",
      content: [
        "what": "Rows of the logs of knowing, whole, blinded, erased and padding, with their leaves.",
        "delivered": .list(deliveredRows.map { row($0, in: .delivered) }),
        "opened": .list(openedRows.map { row($0, in: .opened) }),
      ])
  }

  private func checkpoint(_ checkpoint: LogCheckpoint) -> JSON {
    [
      "log": .number(Int64(checkpoint.kind.rawValue)), "size": .number(checkpoint.size),
      "root": .hex(checkpoint.root), "signed_at": .number(checkpoint.signedAt),
      "encoded": .hex(checkpoint.encoded),
      "signed": .hex(SignatureContext.checkpoint.bytes(over: checkpoint.encoded)),
      "signature": .hex(tenantKey.sign(checkpoint).signature),
    ]
  }

  var logCheckpointVector: Vector {
    Vector(
      name: "log-checkpoint",
      content: [
        "what": "Checkpoints over the rows of log-row.json: of no row, of seven, of all; of the other log.",
        "tenant": .id(tenant), "log_id": .id(logID), "tenant_key": .hex(tenantKey.publicKey),
        "checkpoints": .list([
          checkpoint(logCheckpoint(.delivered, [])),
          checkpoint(logCheckpoint(.delivered, deliveredRows.prefix(7), minutes: 1)),
          checkpoint(logCheckpoint(.delivered, deliveredRows, minutes: 2)),
          checkpoint(logCheckpoint(.opened, openedRows, minutes: 2)),
        ]),
      ])
  }

  /// A tree of thirteen leaves, so that the right edge is not complete on three levels.
  func logProofVector() throws -> Vector {
    let leaves = (0..<13).map { [UInt8](repeating: UInt8($0), count: $0) }
    let tree = MemoryNodes(leaves)
    let inclusion = try [(0, 1), (0, 8), (5, 8), (3, 13), (12, 13), (8, 11)].map { index, size -> JSON in
      let proof = try tree.inclusionProof(ofLeaf: UInt64(index), size: UInt64(size))
      return [
        "index": .number(proof.index), "size": .number(proof.size),
        "leaf": .hex(MerkleTree.leafHash(leaves[index])), "root": .hex(try tree.root(size: proof.size)),
        "path": .list(proof.path.map(JSON.hex)),
      ]
    }
    let pairs = [(0, 13), (1, 13), (4, 8), (6, 8), (7, 13), (8, 13), (11, 12), (13, 13)]
    let consistency = try pairs.map { first, second -> JSON in
      let proof = try tree.consistencyProof(from: UInt64(first), to: UInt64(second))
      return [
        "first": .number(proof.first), "second": .number(proof.second),
        "first_root": .hex(try tree.root(size: proof.first)),
        "second_root": .hex(try tree.root(size: proof.second)), "path": .list(proof.path.map(JSON.hex)),
      ]
    }
    return Vector(
      name: "log-proof",
      content: [
        "what": "Proofs of RFC 9162 section 2.1 in a tree of 13 leaves; leaf n is n bytes of value n.",
        "frontier": .hex(tree.frontier.encoded), "inclusion": .list(inclusion),
        "consistency": .list(consistency),
      ])
  }
}
