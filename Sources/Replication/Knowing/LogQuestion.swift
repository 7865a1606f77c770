public import WireProtocol

/// What a session asks about the logs of knowing.
public enum LogQuestion: Sendable, Equatable {
  /// How they stand.
  case checkpoints(WireCheckpointRequest)
  /// Who was sent a record, or opened it.
  case rows(WireKnowingRequest)
  /// Whether rows of what was opened stand in their log.
  case inclusion(WireInclusionRequest)
  /// Whether a checkpoint from elsewhere is of the log that is shown here.
  case comparison(WireComparisonRequest)
  /// All of a log.
  case page(WireLogRequest)
}

extension ServerSession.Action {
  /// What is said where nothing is to be compared with.
  static func incomparable(_ request: WireComparisonRequest) -> Self {
    .send(
      .with {
        $0.comparison = .with {
          $0.log = request.log
          $0.code = ErrorCode.notAvailable.rawValue
        }
      })
  }

  /// What everybody is told of all of a log but who may read it.
  static func noPage(_ request: WireLogRequest) -> Self {
    .send(
      .with {
        $0.log = .with {
          $0.request = request.request
          $0.code = ErrorCode.notAvailable.rawValue
        }
      })
  }

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
