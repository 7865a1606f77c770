public import WireProtocol

/// What a session asks about the logs of knowing.
public enum LogQuestion: Sendable, Equatable {
  /// How they stand.
  case checkpoints(WireCheckpointRequest)
  /// Who was sent a record, or opened it.
  case rows(WireKnowingRequest)
  /// Whether rows of what was opened stand in their log.
  case inclusion(WireInclusionRequest)
}

extension ServerSession.Action {
  /// What is said of a record that does not exist, and of one of which the person is told nothing.
  static func nothingKnown(_ request: WireKnowingRequest) -> Self {
    .send(
      .with {
        $0.knowing = .with {
          $0.request = request.request
          $0.code = ErrorCode.notAvailable.rawValue
        }
      })
  }
}
