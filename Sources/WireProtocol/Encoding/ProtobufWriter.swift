import CRDT

/// Writes the Protocol Buffers wire format in canonical form: fields in the order of the calls, shortest
/// varints, and nothing for a field that has its default value.
///
/// Only what is hashed or met once a change is written by hand; all other messages use generated code. Both
/// read each other's bytes.
struct ProtobufWriter {
  fileprivate(set) var bytes: [UInt8] = []

  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  mutating func append(_ encoding: [UInt8]) { bytes.append(contentsOf: encoding) }

  mutating func append(_ encoding: ArraySlice<UInt8>) { bytes.append(contentsOf: encoding) }

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func field(_ number: UInt32, unsigned value: UInt64) {
    guard value != 0 else { return }
    tag(number, .varint)
    varint(value)
  }

  mutating func field(_ number: UInt32, signed value: Int64) {
    field(number, unsigned: UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  mutating func field(_ number: UInt32, fixed64 value: UInt64, evenIfZero: Bool = false) {
    guard value != 0 || evenIfZero else { return }
    tag(number, .fixed64)
    fixed64(value)
  }

  mutating func fixed64(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func field(_ number: UInt32, bytes value: some Collection<UInt8>, evenIfEmpty: Bool = false) {
    guard !value.isEmpty || evenIfEmpty else { return }
    tag(number, .lengthDelimited)
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func field(_ number: UInt32, identifier value: Identifier) {
    tag(number, .lengthDelimited)
    varint(16)
    identifier(value)
  }

  mutating func identifier(_ value: Identifier) {
    withUnsafeBytes(of: value.high.bigEndian) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: value.low.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes a nested message; its length goes in front once it is known.
  mutating func message(_ number: UInt32, _ body: (inout ProtobufWriter) -> Void) {
    tag(number, .lengthDelimited)
    let start = bytes.count
    bytes.append(0)
    body(&self)
    let length = bytes.count - start - 1
    let more = (Int.bitWidth - length.leadingZeroBitCount - 1) / 7
    if more > 0 { bytes.insert(contentsOf: repeatElement(0, count: more), at: start) }
    var rest = length
    for index in start..<start + more {
      bytes[index] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
    }
    bytes[start + more] = UInt8(rest)
  }

  private mutating func tag(_ number: UInt32, _ type: ProtobufWireType) {
    varint(UInt64(number) << 3 | UInt64(type.rawValue))
  }
}

/// The wire types in use; groups are refused.
enum ProtobufWireType: UInt8 {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
  case fixed32 = 5
}
