import CRDT

/// A text in a record's state as it is read (`TextState` in `change.proto`), before what waits in it is
/// known.
struct TextSection {
  let field: FieldID
  /// The encoded `TextContent`, compressed when there is a size.
  private let content: UnsafeRawBufferPointer
  private let size: UInt64

  /// Reads the message; the section lies in the bytes that it is read from.
  init(from reader: inout ProtobufReader) throws {
    var field: UInt32 = 0
    var content: UnsafeRawBufferPointer?
    var size: UInt64 = 0
    while let (number, type) = try reader.nextField() {
      switch number {
      case 1: field = try reader.unsigned32(type)
      case 2: content = try reader.slice(type)
      case 3: size = try reader.unsigned(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let content, field > 0 else { throw ProtocolError.malformed }
    self.field = FieldID(rawValue: field)
    self.content = content
    self.size = size
  }

  /// The texts of all sections together, with the edits that wait in them.
  static func texts(
    _ sections: [TextSection], waiting: [FieldID: [TextSequence.WaitingEdit]]
  ) throws -> [FieldID: TextSequence] {
    var texts: [FieldID: TextSequence] = [:]
    var charactersLeft = Limits.textCharacters
    for section in sections {
      let text = try section.text(waiting: waiting[section.field] ?? [], charactersMax: charactersLeft)
      charactersLeft -= text.insertedCount
      texts[section.field] = text
    }
    // What waits stands in a text that is sent, be it empty.
    guard waiting.keys.allSatisfy({ texts[$0] != nil }) else { throw ProtocolError.malformed }
    return texts
  }

  private func text(waiting: [TextSequence.WaitingEdit], charactersMax: Int) throws -> TextSequence {
    let state: TextState
    if size > 0 {
      let inflated = try Compression.inflate(content, to: size, limit: Limits.textInflatedBytes)
      state = try inflated.withUnsafeBytes {
        try TextState(content: $0, waiting: waiting, charactersMax: charactersMax)
      }
    } else {
      state = try TextState(content: content, waiting: waiting, charactersMax: charactersMax)
    }
    guard let text = TextSequence(state) else { throw ProtocolError.malformed }
    return text
  }
}
