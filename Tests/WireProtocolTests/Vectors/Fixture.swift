import CRDT

@testable import WireProtocol

/// The tenant, devices and record that all vectors speak of.
struct Fixture {
  let tenant = Identifier(high: 0x1111_1111_1111_4111, low: 0x8111_1111_1111_1111)
  let epoch = Identifier(high: 0x2222_2222_2222_4222, low: 0x8222_2222_2222_2222)
  let caseID = Identifier(high: 0x3333_3333_3333_4333, low: 0x8333_3333_3333_3333)
  let record = Identifier(high: 0x4444_4444_4444_4444, low: 0x8444_4444_4444_4444)
  let otherRecord = Identifier(high: 0x4545_4545_4545_4545, low: 0x8545_4545_4545_4545)
  let account = Identifier(high: 0x5555_5555_5555_4555, low: 0x8555_5555_5555_5555)
  let otherAccount = Identifier(high: 0x5656_5656_5656_4656, low: 0x8656_5656_5656_5656)
  let child = Identifier(high: 0x6666_6666_6666_4666, low: 0x8666_6666_6666_6666)

  let tenantSecret = [UInt8](repeating: 1, count: 32)
  let deviceSecret = [UInt8](repeating: 2, count: 32)
  let otherSecret = [UInt8](repeating: 3, count: 32)
  let stampSecret = [UInt8](repeating: 4, count: 32)

  let tenantKey: SigningKey
  let deviceKey: SigningKey
  let otherKey: SigningKey
  let stampKey: StampKey
  let actor: ActorID
  let otherActor: ActorID

  /// 1 May 2026, 12:00:00 UTC.
  let time: Int64 = 1_777_636_800_000

  init() throws {
    tenantKey = try SigningKey(secret: tenantSecret)
    deviceKey = try SigningKey(secret: deviceSecret)
    otherKey = try SigningKey(secret: otherSecret)
    stampKey = StampKey(secret: stampSecret)
    actor = Transcript.actor(of: deviceKey.publicKey)
    otherActor = Transcript.actor(of: otherKey.publicKey)
  }

  var facts: RecordFacts {
    RecordFacts(tenant: tenant, caseID: caseID, kind: 22, created: time, about: [child], informationType: 5)
  }

  func salt(_ number: UInt64) -> Identifier { Identifier(high: 0x7777_7777_7777_7777, low: number) }

  /// Payload `number`: one register.
  func payload(_ number: UInt64, _ text: String) -> Payload {
    Payload(
      salt: salt(number), operations: [Operation(field: FieldID(rawValue: 1), action: .assign(.text(text)))])
  }

  func version(_ entries: [(ActorID, UInt64)]) -> VersionVector {
    var version = VersionVector()
    for (actor, number) in entries { version[setting: actor] = number }
    return version
  }

  /// Three changes of the device in one record: it creates the record, changes it, and changes it once more
  /// after it saw a change of another device.
  var changes: [EncodedChange] {
    let headers = [
      ChangeHeader(
        record: record, id: ChangeID(actor: actor, number: 1), author: account, writtenAt: time,
        version: VersionVector(), creates: facts),
      ChangeHeader(
        record: record, id: ChangeID(actor: actor, number: 2), author: account, writtenAt: time + 1_500,
        version: version([(actor, 1)])),
      ChangeHeader(
        record: record, id: ChangeID(actor: actor, number: 3), author: account, writtenAt: time + 90_000,
        version: version([(actor, 2), (otherActor, 1)])),
    ]
    let texts = ["Ro om aftenen", "Ro ved sengetid", "Ro ved sengetid, også i weekenden"]
    return zip(headers, texts).enumerated().map { index, pair in
      EncodedChange(header: pair.0, payload: payload(UInt64(index + 1), pair.1).encoded)
    }
  }

  /// A change of another device, of a record of its own.
  var otherChange: EncodedChange {
    EncodedChange(
      header: ChangeHeader(
        record: otherRecord, id: ChangeID(actor: otherActor, number: 1), author: otherAccount,
        writtenAt: time - 5,
        version: VersionVector(),
        creates: RecordFacts(
          tenant: tenant, caseID: caseID, kind: 30, created: time - 5, about: [child], informationType: 3)),
      payload: payload(9, "Ringet til skolen").encoded)
  }

  /// The digests of the three changes.
  var digests: [Digest] {
    var digest = Chain.start(tenant: tenant, record: record, actor: actor)
    return changes.map { change in
      digest = change.digest(after: digest)
      return digest
    }
  }
}
