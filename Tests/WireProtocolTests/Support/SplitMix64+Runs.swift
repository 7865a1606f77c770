import CRDT
import WireProtocol

/// Random runs and states.
extension SplitMix64 {
  /// Changes of which each has much or little in common with the one before.
  mutating func run() -> [EncodedChange] {
    var run: [EncodedChange] = []
    for _ in 0..<(below(4) + 1) {
      let fresh = header(creates: below(3) == 0 ? facts() : nil)
      if below(6) == 0 {
        run.append(broughtIn())
        continue
      }
      let header = run.last.map { successor(of: $0.header, fresh: fresh) } ?? fresh
      run.append(EncodedChange(header: header, payload: payload().encoded))
    }
    return run
  }

  private mutating func successor(of last: ChangeHeader, fresh: ChangeHeader) -> ChangeHeader {
    let record = flip() ? last.record : fresh.record
    let actor = flip() ? last.id.actor : fresh.id.actor
    let continues = record == last.record && actor == last.id.actor && last.id.number < Limits.highestNumber
    let number = flip() ? (continues ? last.id.number + 1 : 1) : fresh.id.number
    var version = flip() ? (continues ? last.version : VersionVector()) : fresh.version
    if flip() { version[setting: actor] = number - 1 }
    return ChangeHeader(
      record: record, id: ChangeID(actor: actor, number: number), author: flip() ? last.author : fresh.author,
      writtenAt: flip() ? last.writtenAt : fresh.writtenAt, version: version, creates: fresh.creates,
      audienceSeen: fresh.audienceSeen)
  }

  mutating func deliveredRun(epoch: Identifier) -> [DeliveredChange] {
    run().map { change in
      let isVoid = below(3) == 0
      return DeliveredChange(
        header: change.header, payload: isVoid ? nil : change.payload, receivedAt: time(),
        seal: seal(epoch: epoch), voidDigest: isVoid ? digest() : nil, origin: isVoid ? nil : change.origin)
    }
  }

  /// A change that stands for another one.
  mutating func broughtIn() -> EncodedChange {
    let original = header(creates: below(3) == 0 ? facts() : nil)
    let payload = payload().encoded
    let stamp =
      flip()
      ? nil : ChangeStamp(receivedAt: time(), isAccepted: flip(), seal: seal(epoch: identifier()))
    let origin = ChangeOrigin(header: original, previous: digest(), stamp: stamp)
    let caps = version().entries.map { OriginCap(actor: $0.actor, number: flip() ? 0 : $0.number) }
    let plain = header(creates: original.creates)
    return EncodedChange(
      header: ChangeHeader(
        record: plain.record, id: plain.id, author: plain.author, writtenAt: plain.writtenAt,
        version: plain.version, creates: plain.creates, originDigest: origin.digest(ofPayload: payload),
        originCaps: caps), payload: payload, origin: origin)
  }

  /// A record of up to three actors: conflicts, sets, decisions, unknown kinds, voids, origins.
  mutating func snapshot() -> RecordSnapshot {
    var snapshot = RecordSnapshot(record: identifier())
    let actors = (0..<3).map { _ in actor() }
    for step in 0..<(below(6) + 1) {
      let actor = pick(actors)
      let id = ChangeID(actor: actor, number: snapshot.state.version[actor] + 1)
      let seal = flip() ? self.seal(epoch: identifier()) : nil
      let received = seal == nil ? 0 : time()
      let isVoid = below(4) == 0
      let head = RecordSnapshot.Head(
        id: id, digest: digest(), receivedAt: received, isAccepted: !(isVoid && seal != nil), seal: seal)
      if isVoid {
        try? snapshot.void(head: head)
      } else {
        let context = ChangeContext(
          id: id, version: flip() ? snapshot.state.version : VersionVector(), author: identifier(),
          writtenAt: time(), receivedAt: seal == nil ? nil : received, origin: flip() ? nil : origin(),
          seal: seal)
        let change = Change(context: context, operations: payload().operations)
        try? snapshot.accept(change, creates: step == 0 ? facts() : nil, head: head)
      }
    }
    return snapshot
  }

  private mutating func origin() -> Origin {
    Origin(
      id: ChangeID(actor: actor(), number: number()), version: version(), author: identifier(),
      writtenAt: time())
  }
}
