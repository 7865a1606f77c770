public import CRDT
public import WireProtocol

/// Writes changes again under an actor's name, each with the original as its origin.
public struct Reissue: Sendable {
  /// A change that is to be written again.
  public struct Original: Sendable {
    let change: EncodedChange
    let previous: Digest
    let stamp: ChangeStamp?
    let audienceSeen: [AudienceVersion]

    /// The record that it is in.
    public var record: Identifier { change.header.record }

    /// Names a change.
    ///
    /// - Parameters:
    ///   - previous: the digest that it chains to.
    ///   - stamp: the verdict that it had before the server was restored, if it is brought in by that.
    ///   - audienceSeen: what its author knows now of who may read the record, when she confirms it; what she
    ///     knew then unless told.
    public init(
      change: EncodedChange, previous: Digest, stamp: ChangeStamp? = nil,
      audienceSeen: [AudienceVersion]? = nil
    ) {
      self.audienceSeen = audienceSeen ?? change.header.audienceSeen
      self.change = change
      self.previous = previous
      self.stamp = stamp
    }
  }

  private let actor: ActorID
  private let author: Identifier
  private let tenant: Identifier
  /// Milliseconds since 1970 by this device's clock.
  private let now: Int64
  private let healed: Healed?
  private let originals: [Identifier: [ChangeID: ChangeID]]

  /// - Parameters:
  ///   - actor: who writes.
  ///   - author: the account whose device it is.
  ///   - healed: what the comparison with the server found; `nil` outside of one.
  ///   - originals: outside of one, for what changes stand that the log has under other names, by record.
  public init(
    by actor: ActorID, author: Identifier, tenant: Identifier, at now: Int64, after healed: Healed?,
    originals: [Identifier: [ChangeID: ChangeID]] = [:]
  ) {
    self.actor = actor
    self.author = author
    self.tenant = tenant
    self.now = now
    self.healed = healed
    self.originals = healed?.originals ?? originals
  }

  /// Writes one change again.
  ///
  /// - Parameter head: the last change of `actor` in the record, and its digest; `nil` when there is none.
  public func change(
    _ original: Original, after head: (number: UInt64, digest: Digest)?
  ) -> (change: EncodedChange, digest: Digest) {
    let old = original.change.header
    let payload = payload(of: original)
    // An origin is always the first original.
    let origin =
      original.change.origin ?? ChangeOrigin(header: old, previous: original.previous, stamp: original.stamp)
    let named = Self.named(by: payload)
    let caps =
      original.change.origin == nil
      ? healed?.caps(of: old, naming: named) ?? []
      : healed?.caps(of: origin.header, naming: named, besides: old.originCaps) ?? old.originCaps
    var version = origin.header.version
    for cap in caps where version[cap.actor] > cap.number {
      version = version.replacing(cap.actor, by: cap.number)
    }
    let number = (head?.number ?? 0) + 1
    let header = ChangeHeader(
      record: old.record, id: ChangeID(actor: actor, number: number), author: author, writtenAt: now,
      version: version.replacing(actor, by: number - 1), creates: origin.header.creates,
      originDigest: origin.digest(ofPayload: payload), originCaps: caps,
      audienceSeen: original.audienceSeen)
    let change = EncodedChange(header: header, payload: payload, origin: origin)
    let previous = head?.digest ?? Chain.start(tenant: tenant, record: old.record, actor: actor)
    return (change, change.digest(after: previous))
  }

  /// The actors whose characters a payload names.
  private static func named(by bytes: [UInt8]) -> Set<ActorID> {
    Set((try? Payload(encoded: bytes))?.namedChanges.map(\.actor) ?? [])
  }

  /// The payload to write again. Own work without a verdict may put characters beside those of a change which
  /// itself stands for another: where the log has that one's effect under another name, the original is what
  /// everybody can find.
  ///
  /// Every copy of the device names them alike, so that the original is still taken once.
  private func payload(of original: Original) -> [UInt8] {
    let bytes = original.change.payload
    guard let originals = originals[original.record], original.stamp == nil,
      original.change.origin?.stamp == nil, let payload = try? Payload(encoded: bytes)
    else { return bytes }
    let operations = payload.operations.map { $0.naming(originals) }
    if operations == payload.operations { return bytes }
    return Payload(salt: payload.salt, operations: operations).encoded
  }
}

extension Payload {
  /// The changes whose characters its edits name.
  public var namedChanges: Set<ChangeID> {
    operations.reduce(into: []) { names, operation in
      guard case .edit(let edit) = operation.action else { return }
      names.formUnion(edit.steps.compactMap(\.change))
    }
  }
}

extension Operation {
  /// The same with other names of changes whose characters it names.
  fileprivate func naming(_ names: [ChangeID: ChangeID]) -> Operation {
    guard case .edit(let edit) = action else { return self }
    let steps = edit.steps.map { step in
      TextStep(
        step.kind, change: step.change.map { names[$0] ?? $0 }, index: step.index, length: step.length)
    }
    return TextEdit(steps: steps, text: edit.text).map { Operation(field: field, action: .edit($0)) } ?? self
  }
}
