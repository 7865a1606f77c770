import CRDT
import WireProtocol

/// What was submitted between two commits, judged, and not known to be durable yet.
public struct StagedGroup {
  /// What came of one submission.
  enum Outcome {
    case opened(Device)
    case carried(Device)
    case judged([EntryVerdict])
    case invited(request: UInt64, Result<PendingCode, ProtocolError>)
    case used(ActorID)
    case confirmed
    case compared([WireWantedHead])
    case offered([WireOfferOutcome])
    case confirmedDevice(request: UInt64, ProtocolError?)
    case endedRecovery(request: UInt64, ProtocolError?)
    case revoked(request: UInt64, Result<Int, ProtocolError>)
    case listed(request: UInt64, Result<WireDirectory, ProtocolError>)
    /// A device that was reported stolen.
    case turnedAway(Device)
    case follows(WireFollow)
    case stored(UploadAnswer, ofChunk: Bool)
    case reads(AttachmentRead)
    case readsHistory(WireHistoryRequest)
    case readsQuarantine(QuarantineQuestion)
    case readsLogs(LogQuestion)
    case notedOpened(Int)
    case refusedQuarantined(request: UInt64, ProtocolError?)
    case failed(ErrorCode)
  }

  let stage: GroupStage
  /// What was judged, should it have to be judged again.
  let batch: [TenantMachine.Waiting]
  let outcomes: [(connection: ConnectionNumber, outcome: Outcome)]
  /// Those who are to be sent something and also wait for an answer.
  var concerned: Set<ConnectionNumber> = []
  /// What enters by the group and has its row in it.
  let foreseen: Set<TenantMachine.Foreseen>
  /// The group's changes, once somebody is to be sent them.
  var recent = RecentChanges()

  /// Where in `outcomes` the last push of each connection stands.
  var lastVerdicts: [ConnectionNumber: Int] {
    var last: [ConnectionNumber: Int] = [:]
    for (index, (connection, outcome)) in outcomes.enumerated() {
      if case .judged = outcome { last[connection] = index }
    }
    return last
  }

  /// What the shell is to write, in one transaction; nothing when it is empty. It must not be durable before
  /// the signatures are checked.
  public var group: CommitGroup { stage.group }

  /// The signatures under the pushes. They are checked apart, so that the shell can write meanwhile.
  public var signatures: PushSignatures { stage.signatures }
}
