extension TextSequence {
  /// The text.
  ///
  /// - Complexity: O(n)
  public var string: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + count / 8)
    forEachSpan { span in if !span.isDeleted { appendContent(of: span, to: &bytes) } }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Characters in a row that one change put in.
  public struct Segment: Hashable, Sendable {
    /// The characters.
    public let text: String
    /// The change that put them in.
    public let change: ChangeID
    /// Who wrote them, and when.
    public let authorship: Authorship
  }

  /// The text in parts, each with who wrote it.
  ///
  /// - Complexity: O(n + spans × log changes)
  public var segments: [Segment] {
    var segments: [Segment] = []
    var bytes: [UInt8] = []
    var current: Int?
    func close() {
      guard let place = current else { return }
      let text = String(decoding: bytes, as: UTF8.self)
      segments.append(
        Segment(text: text, change: index.runs[place].change, authorship: index.author(at: place)))
      bytes.removeAll()
    }
    forEachPiece { piece, place in
      guard !piece.isDeleted else { return }
      if place != current {
        close()
        current = place
      }
      appendContent(of: piece, to: &bytes)
    }
    close()
    return segments
  }

  /// The changes whose characters stand in the text, in no order.
  ///
  /// - Complexity: O(spans × log changes)
  public var writings: [TextState.Writing] {
    var places: Set<Int> = []
    forEachPiece { piece, place in if !piece.isDeleted { places.insert(place) } }
    return places.map { place in
      TextState.Writing(change: index.runs[place].change, authorship: index.author(at: place))
    }
  }

  /// Calls the body with each span in order.
  func forEachSpan(_ body: (Span) -> Void) {
    var place = tree.first
    while let here = place {
      body(tree.span(at: here))
      place = tree.place(after: here)
    }
  }

  /// Calls the body with each span in order, cut where the characters of another change begin, and with the
  /// place of its change among the index's runs.
  func forEachPiece(_ body: (Span, Int) -> Void) {
    forEachSpan { span in
      var rest = span
      while true {
        let place = index.place(of: rest.start)
        let run = index.runs[place]
        guard rest.end > run.start + run.length else { return body(rest, place) }
        var piece = rest
        rest = piece.cut(at: run.start + run.length - rest.start)
        body(piece, place)
      }
    }
  }

  /// Writes the characters of a span as UTF-8.
  func appendContent(of span: Span, to bytes: inout [UInt8]) {
    for character in span.start..<span.end {
      let scalar = scalars[Int(character)]
      if scalar < 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: scalar))
      } else {
        let more = scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3
        let lead: UInt32 = more == 1 ? 0xc0 : more == 2 ? 0xe0 : 0xf0
        bytes.append(UInt8(truncatingIfNeeded: lead | scalar >> UInt32(6 * more)))
        for place in stride(from: more - 1, through: 0, by: -1) {
          bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> UInt32(6 * place) & 0x3f))
        }
      }
    }
  }
}
