import WireProtocol

/// What becomes of each thing that was submitted, in the stage of its group.
extension TenantMachine {
  static func outcome(
    of submission: Submission, at index: Int, _ isShortOfSpace: Bool, in stage: inout GroupStage
  ) -> StagedGroup.Outcome {
    // What was submitted in the epoch that ended here is submitted again in the new one.
    if !stage.group.epochs.isEmpty { return .failed(.retry) }
    do {
      switch submission {
      case .follow(let follow): return .follows(follow)
      case .read(let read): return .reads(read)
      case .readHistory(let request): return .readsHistory(request)
      case .readQuarantine(let question): return .readsQuarantine(question)
      case .readLogs(let question): return .readsLogs(question)
      case .write(let submission): return try outcome(of: submission, at: index, isShortOfSpace, in: &stage)
      }
    } catch let error as ProtocolError {
      return .failed(error.code)
    } catch {
      return .failed(.retry)
    }
  }

  private static func outcome(
    of submission: ServerSession.Submission, at index: Int, _ isShortOfSpace: Bool, in stage: inout GroupStage
  ) throws -> StagedGroup.Outcome {
    switch submission {
    case .open(let presented):
      if let stolen = stage.stolen(presented) { return .turnedAway(stolen) }
      return .opened(try stage.open(presented))
    case .carry(let presented):
      if let stolen = stage.stolen(presented) { return .turnedAway(stolen) }
      return .carried(try stage.carry(presented))
    case .succeed(let succession):
      if let stolen = stage.stolen(succession.predecessor) { return .turnedAway(stolen) }
      return .opened(try stage.succeed(succession))
    case .revoke(let wish, let request, let actor):
      do {
        return .revoked(request: request, .success(try stage.revoke(wish, by: actor)))
      } catch let error as ProtocolError {
        return .revoked(request: request, .failure(error))
      }
    case .listDevices(let skip, let request, let actor):
      do {
        return .listed(
          request: request, .success(try stage.directory(for: actor, request: request, skipping: skip)))
      } catch let error as ProtocolError {
        return .listed(request: request, .failure(error))
      }
    case .compare(let heads, let actor): return .compared(try stage.inventory(heads, of: actor))
    case .offer(let changes, _): return .offered(try stage.take(back: changes))
    case .confirmDevice(let digits, let owner, let request, let actor):
      do {
        try stage.confirm(digits, of: owner, by: actor)
        return .confirmedDevice(request: request, nil)
      } catch let error as ProtocolError {
        return .confirmedDevice(request: request, error)
      }
    case .endRecovery(let end, let request, let actor):
      do {
        try stage.endRecovery(end, by: actor)
        return .endedRecovery(request: request, nil)
      } catch let error as ProtocolError {
        return .endedRecovery(request: request, error)
      }
    case .refuse(let name, let reason, let request, let actor):
      do {
        try stage.refuse(name, because: reason, by: actor)
        return .refusedQuarantined(request: request, nil)
      } catch let error as ProtocolError {
        return .refusedQuarantined(request: request, error)
      }
    case .use(let token, let actor):
      stage.use(token, by: actor)
      return .used(actor)
    case .enrol(let enrolment): return .opened(try stage.enrol(enrolment))
    case .push(let push, let actor): return .judged(try stage.judge(push, from: actor, submission: index))
    case .invite(let wish, let request, let inviter):
      do {
        return .invited(request: request, .success(try stage.invite(wish, by: inviter)))
      } catch let error as ProtocolError {
        return .invited(request: request, .failure(error))
      }
    case .confirm(let number, let holdings, let actor):
      stage.confirm(deliveries: number, holding: holdings, by: actor)
      return .confirmed
    case .forgetHoldings(let actor):
      stage.forgetHoldings(of: actor)
      return .confirmed
    case .list(let records, let actor):
      stage.list(records, by: actor)
      return .confirmed
    case .receive(let receipt, let actor):
      try stage.receive(receipt, from: actor)
      return .confirmed
    case .review(let actor):
      stage.reviewed.append(actor)
      return .confirmed
    case .noteOpened(let openings, let actor):
      return .notedOpened(
        try stage.take(openings, from: actor, isShortOfSpace: isShortOfSpace))
    case .upload(let upload, let actor): return .stored(try stage.begin(upload, by: actor), ofChunk: false)
    case .chunk(let chunk, let actor): return .stored(try stage.add(chunk, by: actor), ofChunk: true)
    case .rescueBytes(let bytes, let actor):
      return .stored(try stage.take(bytes, by: actor), ofChunk: true)
    }
  }
}
