import CRDT

/// What a ground must cover to give access to a record: all persons that it is about and all types that it is
/// of, after reclassification.
struct Coverage: Sendable, Hashable {
  /// The persons whose data the record holds.
  var about: [Identifier]
  /// What sort of information it holds; more than one when it was reclassified so.
  var types: [InformationType]
  /// When the server received the record, or the instant that is asked for, when it is being created.
  var receivedAt: Int64
}
