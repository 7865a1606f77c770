public import CRDT
public import WireProtocol

/// What a replica does with attachments' bytes on one connection, beside its changes: events in, actions out.
///
/// It sends one attachment after the other and fetches one after the other, each in chunks of which a few are
/// on their way at a time, so that changes never wait long. It begins where the other side stands: at the
/// byte that the server has, or that is here. The same events give the same actions.
///
///     opened, changed ──▶ upload ──stored n──▶ chunks from n ──stored all──▶ the next
///                     ──▶ fetch from n ──chunk──▶ store ──all here, digest right──▶ the next
///
/// The shell carries actions out in their order, calls `changed` after those of a message, and ends the
/// session when one of them cannot be carried out.
public struct AttachmentMachine: Sendable {
  /// What the shell is to do, in this order.
  public enum Action: Sendable, Hashable {
    /// Send a message.
    case send([UInt8])
    /// Write to the replica, in one transaction. It need not be durable: the server would say it again.
    case store(Write)
    /// Tell whoever asked.
    case report(AttachmentProgress)
    /// End the connection: the server broke the protocol, or says nothing.
    case end(String)
  }

  /// What is written to the replica.
  public enum Write: Sendable, Hashable {
    /// So many bytes are durable at the server.
    case sent(Identifier, bytes: UInt64, isComplete: Bool)
    /// The server does not take the bytes.
    case sendingRefused(Identifier, ErrorCode)
    /// More bytes came.
    case chunk(AttachmentChunk)
    /// All bytes are here, and their digest is the record's.
    case fetched(Identifier)
    /// The bytes cannot be had now. Of `DIGEST_MISMATCH`, what came is dropped.
    case fetchFailed(Identifier, ErrorCode)
    /// All bytes of these are at the server.
    case available([Identifier])
  }

  var sending: Sending?
  var fetching: Fetching?
  /// How many answers are to come of a fetch that was given up. Another one begins after them.
  var abandonedAnswers = 0
  /// What is not tried again on this connection.
  var skippedUploads: Set<Identifier> = []
  /// Attachments that the server was asked about.
  private var asked: Set<Identifier> = []
  private var isAsking = false
  private var isOpen = false
  private var hasEnded = false
  private var hasHeard = false
  /// Whether something came in since the replica was looked at: there may be a next one.
  private var mustLook = false
  private var idleTicks = 0

  /// A connection on which nothing was said yet.
  public init() {}

  /// Whether nothing is on its way and nothing waits.
  public var isIdle: Bool {
    sending == nil && fetching == nil && abandonedAnswers == 0 && !isAsking && !mustLook
  }

  // MARK: Events

  /// The session is open.
  ///
  /// - Throws: what the replica throws, as all events that read it; the machine must not be used then.
  public mutating func opened(replica: some AttachmentReplica) throws -> [Action] {
    isOpen = true
    return try changed(replica: replica)
  }

  /// The replica changed, as it does by what this machine has it store: there may be more to send or fetch.
  public mutating func changed(replica: some AttachmentReplica) throws -> [Action] {
    guard isOpen, !hasEnded else { return [] }
    mustLook = false
    return try next(replica)
  }

  /// A message about attachments came in. What is next, `changed` says once the replica has what came.
  public mutating func received(_ bytes: [UInt8], replica: some AttachmentReplica) throws -> [Action] {
    guard !hasEnded else { return [] }
    hasHeard = true
    mustLook = true
    do {
      guard isOpen else { throw ProtocolError(.unexpected) }
      switch try WireServerMessage(checking: bytes).body {
      case .stored(let stored): return try received(stored, replica)
      case .chunk(let chunk): return try received(AttachmentChunk(chunk))
      case .fetchFailure(let failure): return try received(failure)
      case .availability(let availability): return try received(availability)
      default: throw ProtocolError(.unexpected)
      }
    } catch let error as ProtocolError {
      return end(error.code.name)
    }
  }

  /// Some seconds have passed. A connection that brings nothing that is waited for is given up.
  public mutating func tick() -> [Action] {
    idleTicks = isIdle || hasHeard ? 0 : idleTicks + 1
    hasHeard = false
    return idleTicks > ReplicaMachine.idleTicksMax && !hasEnded ? end("no_progress") : []
  }

  private mutating func end(_ reason: String) -> [Action] {
    hasEnded = true
    sending = nil
    fetching = nil
    abandonedAnswers = 0
    isAsking = false
    mustLook = false
    return [.end(reason)]
  }

  // MARK: What is next

  private mutating func next(_ replica: some AttachmentReplica) throws -> [Action] {
    var actions: [Action] = []
    if sending == nil, let own = try replica.nextUpload(besides: skippedUploads) {
      sending = Sending(own.upload)
      actions.append(try Self.send { $0.upload = own.upload.message })
    }
    if fetching == nil, abandonedAnswers == 0,
      let wanted = try replica.nextFetch()
    {
      actions += try begin(wanted, replica)
    }
    if !isAsking {
      let attachments = try replica.awaited(besides: asked, limit: Limits.availabilityAttachments)
      if !attachments.isEmpty {
        asked.formUnion(attachments)
        isAsking = true
        actions.append(
          try Self.send { $0.availability = .with { $0.attachments = attachments.map { .init($0.bytes) } } })
      }
    }
    return actions
  }

  private mutating func received(_ message: WireAvailability) throws -> [Action] {
    let attachments = try message.attachments.map { bytes in
      guard let id = Identifier(bytes: bytes) else { throw ProtocolError.malformed }
      return id
    }
    // News of what has just come may arrive before the answer; a second question then would be one too many.
    if message.answersRequest { isAsking = false }
    return attachments.isEmpty ? [] : [.store(.available(attachments))]
  }

  static func send(_ fill: (inout WireClientMessage) -> Void) throws -> Action {
    var message = WireClientMessage()
    fill(&message)
    return .send(try message.serializedBytes())
  }
}
