import CRDT

@testable import WireProtocol

/// Encodings that every reader refuses, by cause.
extension Fixture {
  func invalid(_ cause: String, _ format: Format, _ code: ErrorCode, _ bytes: [UInt8]) -> Vector {
    Vector(
      name: "invalid/\(cause)",
      content: ["format": .text(Self.name(of: format)), "code": .text(code.name), "encoded": .hex(bytes)])
  }

  static func name(of format: Format) -> String {
    switch format {
    case .header: "Header"
    case .payload: "Payload"
    case .packedChanges: "PackedChanges"
    case .deliveredChanges: "DeliveredChanges"
    case .recordState: "RecordState"
    }
  }

  /// A payload of one operation, and one value unless it is `nil`.
  func payload(value: [UInt8]?, _ operation: (inout ProtobufWriter) -> Void) -> [UInt8] {
    Samples.encoding { writer in
      writer.field(1, identifier: salt(1))
      writer.message(2, operation)
      if let value { writer.message(3) { $0.raw(value) } }
    }
  }

  private func register(value: [UInt8]?) -> [UInt8] {
    payload(value: value) {
      $0.field(1, unsigned: 1)
      $0.field(2, unsigned: 1)
    }
  }

  private var invalidPayloads: [Vector] {
    let integer: [UInt8] = [0x18, 14]
    let action = payload(value: integer) {
      $0.field(1, unsigned: 1)
      $0.field(2, unsigned: 1)
      $0.field(3, unsigned: 1)
    }
    let extended = payload(value: integer) {
      $0.field(1, unsigned: 1)
      $0.field(2, unsigned: 2)
      $0.field(15, bytes: [1])
    }
    return [
      invalid("payload-empty", .payload, .malformed, []),
      invalid("payload-known-kind-unknown-action", .payload, .unsupported, action),
      invalid("payload-known-kind-unknown-field", .payload, .unsupported, extended),
      invalid("payload-value-missing", .payload, .malformed, register(value: nil)),
      invalid("payload-value-empty", .payload, .malformed, register(value: [])),
      invalid("payload-value-twice", .payload, .malformed, register(value: integer + [0x08, 1])),
      invalid("payload-value-boolean-two", .payload, .malformed, register(value: [0x10, 2])),
      invalid("payload-text-overlong-nul", .payload, .malformed, register(value: [0x22, 2, 0xc0, 0x80])),
      invalid("payload-text-surrogate", .payload, .malformed, register(value: [0x22, 3, 0xed, 0xa0, 0x80])),
      invalid(
        "payload-length-beyond-the-end", .payload, .malformed,
        Array(richPayload.encoded.prefix(18)) + [0x12, 0x7f]),
      invalid(
        "payload-salt-twice", .payload, .malformed,
        Array(richPayload.encoded.prefix(18)) + richPayload.encoded),
      invalid("payload-group", .payload, .malformed, richPayload.encoded + [0x0b, 0x0c]),
      invalid("payload-unknown-field", .payload, .unsupported, richPayload.encoded + [0x30, 1]),
    ]
  }

  private var invalidHeaders: [Vector] {
    let header = changes[1].header
    let bytes = header.canonicalBytes
    let swapped = Array(bytes[18..<27]) + Array(bytes[..<18]) + Array(bytes[27...])
    let long = Array(bytes[..<27]) + [0x18, 0x82, 0x00] + Array(bytes[29...])
    let broken = bytes + [0x42, 1, 0]
    func seen(_ records: [Identifier], _ body: (inout ProtobufWriter) -> Void) -> [UInt8] {
      bytes
        + Samples.encoding { writer in
          for record in records {
            writer.message(10) { item in
              item.field(1, identifier: record)
              body(&item)
            }
          }
        }
    }
    let entry: (inout ProtobufWriter) -> Void = { item in
      item.message(2) {
        $0.field(1, fixed64: 1)
        $0.field(2, unsigned: 1)
      }
    }
    return [
      invalid("header-audience-twice", .header, .malformed, seen([record, record], entry)),
      invalid("header-audience-of-nothing-seen", .header, .malformed, seen([record]) { _ in }),
      invalid("header-other-order", .header, .malformed, swapped),
      invalid("header-long-varint", .header, .malformed, long),
      invalid("header-origin-digest-of-one-byte", .header, .malformed, broken),
      invalid("header-truncated", .header, .malformed, Array(bytes.prefix(20))),
    ]
  }

  private var invalidRuns: [Vector] {
    func run(_ body: (inout ProtobufWriter) -> Void) -> [UInt8] { Samples.encoding { $0.message(1, body) } }
    let start: (inout ProtobufWriter) -> Void = { [self] in
      $0.field(1, identifier: record)
      $0.field(2, fixed64: actor.rawValue)
      $0.field(4, identifier: account)
    }
    let unsorted = run { writer in
      start(&writer)
      writer.field(6, unsigned: 1)
      for actor in [otherActor, self.actor].sorted(by: >) {
        writer.message(7) { ChangeID(actor: actor, number: 1).write(to: &$0) }
      }
    }
    let unannounced = run { writer in
      start(&writer)
      writer.message(7) { ChangeID(actor: actor, number: 1).write(to: &$0) }
    }
    let void = run { writer in
      writer.message(1, start)
      writer.field(4, identifier: salt(1))
      writer.field(5, bytes: [1, 2, 3])
    }
    return [
      invalid("packed-first-without-record", .packedChanges, .malformed, run { $0.field(2, fixed64: 1) }),
      invalid("packed-version-unsorted", .packedChanges, .malformed, unsorted),
      invalid("packed-version-not-announced", .packedChanges, .malformed, unannounced),
      invalid("delivered-void-digest-of-three-bytes", .deliveredChanges, .malformed, void),
    ]
  }

  private var invalidStates: [Vector] {
    let bytes = snapshot().encoded
    // The last change of the state once more: out of order, and so twice.
    var twice = bytes
    if let last = try? WireRecordState(serializedBytes: bytes).changes.last?.serializedBytes() as [UInt8]? {
      twice = bytes + Samples.encoding { $0.field(5, bytes: last) }
    }
    let removal = Samples.encoding { writer in
      writer.field(1, identifier: record)
      writer.message(4) {
        $0.field(1, fixed64: actor.rawValue)
        $0.field(2, unsigned: 1)
        $0.field(3, bytes: digests[0].bytes)
      }
      writer.message(5) {
        $0.field(1, fixed64: actor.rawValue)
        $0.field(2, unsigned: 1)
        $0.field(3, identifier: account)
        $0.message(8) { live in
          live.message(2) {
            $0.field(1, unsigned: 5)
            $0.field(2, unsigned: 2)
            $0.field(3, unsigned: 1)
          }
          live.message(3) { $0.raw([0x18, 14]) }
        }
      }
    }
    return [
      invalid("state-change-twice", .recordState, .malformed, twice),
      invalid("state-removal-alive", .recordState, .malformed, removal),
    ]
  }

  var invalidVectors: [Vector] {
    invalidPayloads + invalidHeaders + invalidRuns + invalidStates + invalidTexts
  }
}
