import CRDT
import CaseModel
import WireProtocol

/// Who was sent a record, and who opened it, told to those who may know.
extension TenantMachine {
  /// How many rows a page has at most: with their proofs some hundred kilobytes.
  static let pageRows = 128

  /// Answers a question about the logs of knowing, as they were signed last.
  func answer(
    _ question: LogQuestion, for session: inout ServerSession, in context: DeliveryContext
  ) -> [ServerSession.Action] {
    do {
      switch question {
      case .checkpoints(let request):
        let answer = try checkpoints(request, in: context.source)
        return [.send(.with { $0.checkpoints = answer })]
      case .rows(let request):
        guard let person = session.account?.person else { return [] }
        let page = try rows(request, for: person, in: context)
        return [.send(.with { $0.knowing = page })]
      case .inclusion(let request):
        guard let person = session.account?.person else { return [] }
        let answer = try inclusion(of: request, by: person, in: context.source)
        return [.send(.with { $0.inclusion = answer })]
      case .comparison(let request): return [try comparison(request, in: context.source)]
      case .page(let request):
        guard let person = session.account?.person else { return [] }
        return [try page(request, for: person, in: context)]
      }
    } catch let error as ProtocolError {
      return session.fail(error.code)
    } catch {
      return session.fail(.retry)
    }
  }

  /// Rows are told without what they say, and without who, unless it is herself: somebody else may have been
  /// told what they say.
  private func inclusion(
    of request: WireInclusionRequest, by person: Identifier, in source: any TenantSource
  ) throws -> WireInclusion {
    var answer = WireInclusion()
    for event in request.events {
      guard let event = Digest(bytes: event) else { throw ProtocolError.malformed }
      guard let (place, row) = try source.openedRow(event, before: request.size) else { continue }
      let proof = try source.inclusionProof(of: .opened, at: place, size: request.size)
      answer.rows.append(
        .with {
          let row = row.blindingEvent()
          $0.row = .init((row.agent?.person == person ? row : row.blindingAgent()).encoded)
          $0.proof = WireInclusionProof(proof)
        })
    }
    return answer
  }

  private func checkpoints(
    _ request: WireCheckpointRequest, in source: any TenantSource
  ) throws -> WireCheckpoints {
    var answer = WireCheckpoints()
    for (kind, size) in [(LogKind.delivered, request.deliveredSize), (.opened, request.openedSize)] {
      guard let signed = try source.logCheckpoint(of: kind) else { continue }
      answer.logs.append(try proven(signed, from: size, in: source))
    }
    return answer
  }

  /// A checkpoint with the proof from a size that somebody keeps. Of a log that is not as long there is none,
  /// and she finds that.
  private func proven(
    _ signed: SignedCheckpoint, from size: UInt64, in source: any TenantSource
  ) throws -> WireCheckpointAnswer {
    var answer = WireCheckpointAnswer()
    answer.checkpoint = WireSignedCheckpoint(signed)
    let checkpoint = signed.checkpoint
    if size <= checkpoint.size {
      answer.proof = WireConsistencyProof(
        try source.consistencyProof(of: checkpoint.kind, from: size, to: checkpoint.size))
    }
    return answer
  }

  /// A page of the rows about a record. What may not be known of and what does not exist look alike.
  private func rows(
    _ request: WireKnowingRequest, for person: Identifier, in context: DeliveryContext
  ) throws -> WireKnowing {
    guard let record = Identifier(bytes: Array(request.record)),
      let kind = UInt8(exactly: request.log).flatMap(LogKind.init)
    else { throw ProtocolError.malformed }
    var page = WireKnowing()
    page.request = request.request
    // Not the record itself: who knew of what was erased is told as before.
    guard let reference = try context.source.reference(record),
      let reach = governing.reach(of: person, intoKnowingOf: reference, at: context.now),
      let signed = try context.source.logCheckpoint(of: kind)
    else {
      page.code = ErrorCode.notAvailable.rawValue
      return page
    }
    page.checkpoint = try proven(signed, from: request.size, in: context.source)
    let found = try context.source.logRows(
      of: kind, about: record, since: request.since, from: request.from, to: signed.checkpoint.size,
      limit: Self.pageRows)
    page.complete = found.count < Self.pageRows
    page.next = found.last.map { $0.place + 1 } ?? signed.checkpoint.size
    for (place, row) in found {
      let row = reach.row(row, of: kind, for: person) { agent in
        directory.accounts[agent.account]?.role == .parent
      }
      guard let row else { continue }
      let proof = try context.source.inclusionProof(of: kind, at: place, size: signed.checkpoint.size)
      page.rows.append(
        .with {
          $0.row = .init(row.encoded)
          $0.proof = WireInclusionProof(proof)
        })
    }
    return page
  }
}

extension KnowingReach {
  /// A row as somebody with this reach is told it; `nil` when she is not.
  ///
  /// - Parameter isParent: whether somebody is of the family: what another parent looks at, and that he still
  ///   does, is for nobody who may herself be the one in danger, or the danger.
  func row(
    _ row: LogRow, of kind: LogKind, for person: Identifier, isParent: (LogAgent) -> Bool
  ) -> LogRow? {
    guard self == .withoutAgents else { return row }
    guard case .entry(_, _, let event) = row else { return nil }
    // That a right ended says why, and why may be kept from her. It is no looking up either.
    if kind == .delivered {
      guard let content = event.content, let told = try? DeliveredEvent(encoded: content) else { return nil }
      if case .exit = told.act { return nil }
    }
    let who = row.agent
    if let who, who.person != person, isParent(who) { return nil }
    return who?.person == person ? row : row.blindingAgent()
  }
}

extension LogRow {
  /// Who came to know, where it is told.
  fileprivate var agent: LogAgent? {
    guard case .entry(_, let agent, _) = self else { return nil }
    return agent.content.flatMap { try? LogAgent(encoded: $0) }
  }
}

extension WireInclusionProof {
  /// A proof for a peer.
  init(_ proof: InclusionProof) {
    self.init()
    index = proof.index
    size = proof.size
    path = proof.path.map { .init($0.bytes) }
  }
}
