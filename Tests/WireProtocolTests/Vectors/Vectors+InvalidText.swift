import CRDT

@testable import WireProtocol

/// Encodings of texts and ranks that every reader refuses, by cause.
extension Fixture {
  var invalidTexts: [Vector] { invalidEdits + invalidRanks + invalidSections + invalidTextStates }

  /// A payload of one edit of a text.
  private func edit(steps: [UInt8]?, text: String) -> [UInt8] {
    payload(value: Samples.encoding { $0.field(4, bytes: Array(text.utf8), evenIfEmpty: true) }) {
      $0.field(1, unsigned: 3)
      $0.field(2, unsigned: 3)
      if let steps { $0.field(15, bytes: steps) }
    }
  }

  private var invalidEdits: [Vector] {
    // No change named; one step, put in at the start.
    let start: [UInt8] = [0, 1, 4 | 3]
    let twice = edit(steps: start, text: "a") + edit(steps: start, text: "b").dropFirst(18)
    return [
      invalid("edit-without-steps", .payload, .malformed, edit(steps: nil, text: "a")),
      invalid("edit-of-nothing", .payload, .malformed, edit(steps: [0, 0], text: "")),
      invalid("edit-length-zero", .payload, .malformed, edit(steps: [0, 1, 3], text: "")),
      invalid("edit-text-too-long", .payload, .malformed, edit(steps: start, text: "ab")),
      invalid("edit-text-too-short", .payload, .malformed, edit(steps: [0, 1, 8 | 3], text: "a")),
      invalid("edit-more-bytes", .payload, .malformed, edit(steps: start + [0], text: "a")),
      invalid("edit-more-steps-than-bytes", .payload, .malformed, edit(steps: [0, 0x7f, 7], text: "a")),
      // After character 0 of the edit itself, before there is one.
      invalid("edit-of-a-later-character", .payload, .malformed, edit(steps: [0, 1, 4, 0], text: "a")),
      // Place 1 of a list of no changes.
      invalid("edit-of-an-unnamed-change", .payload, .malformed, edit(steps: [0, 1, 4, 1, 1], text: "a")),
      invalid("edit-twice", .payload, .malformed, Array(twice)),
    ]
  }

  private var invalidRanks: [Vector] {
    func rank(_ value: [UInt8]) -> [UInt8] {
      payload(value: value) {
        $0.field(1, unsigned: 4)
        $0.field(2, unsigned: 4)
      }
    }
    return [
      invalid("rank-not-bytes", .payload, .malformed, rank([0x18, 14])),
      invalid("rank-ends-in-zero", .payload, .malformed, rank([0x2a, 3, 0x80, 1, 0])),
      invalid("rank-number-too-long", .payload, .malformed, rank([0x2a, 3, 0x82, 0, 1])),
    ]
  }

  private var invalidSections: [Vector] {
    let plain = payload(1, "Ro").encoded
    let size = plain.count - 18
    let sized = Samples.encoding { $0.field(5, unsigned: 10) }
    return [
      invalid("compressed-size-missing", .payload, .malformed, compressed(plain, told: 0)),
      invalid("compressed-size-without-section", .payload, .malformed, plain + sized),
      invalid("compressed-too-small", .payload, .malformed, compressed(plain, told: size - 1)),
      invalid("compressed-too-large", .payload, .malformed, compressed(plain, told: size + 1)),
      invalid("compressed-more-bytes", .payload, .malformed, compressed(plain, after: [0])),
      invalid(
        "compressed-beyond-the-limit", .payload, .limitExceeded,
        compressed(plain, told: Limits.payloadInflatedBytes + 1)),
      invalid(
        "compressed-and-plain", .payload, .malformed, compressed(plain) + plain.dropFirst(18)),
    ]
  }

  /// A state with one text of these columns, by one change of one actor.
  private func state(
    text: String, runs: [UInt8], writings: [UInt8] = [0, 0, 0], number: UInt64 = 1
  ) -> [UInt8] {
    let content = Samples.encoding { writer in
      writer.field(1, bytes: Array(text.utf8))
      writer.message(2) { $0.fixed64(actor.rawValue) }
      writer.message(3) { $0.append([1, UInt8(number)]) }
      writer.field(4, bytes: runs)
      writer.message(5) { $0.identifier(account) }
      writer.field(6, bytes: writings)
    }
    return Samples.encoding { writer in
      writer.field(1, identifier: record)
      writer.message(4) {
        $0.field(1, fixed64: actor.rawValue)
        $0.field(2, unsigned: 1)
        $0.field(3, bytes: digests[0].bytes)
      }
      writer.message(6) {
        $0.field(1, unsigned: 3)
        $0.field(2, bytes: content)
      }
    }
  }

  private var invalidTextStates: [Vector] {
    // Runs: how many, lengths with flags (1 deleted, 2 left), changes, places, parents (0 beside, 1 root).
    let one: [UInt8] = [1, 4, 0, 0, 1]
    // Each of two characters on the other: the first on the left of the second, that on the right of the
    // first.
    let cycle: [UInt8] = [2, 4 | 2, 4, 0, 0, 0, 0, 0, 0]
    let order: [UInt8] = [2, 4, 4, 0, 0, 2, 3, 2, 0, 1]
    return [
      invalid("text-state-cycle", .recordState, .malformed, state(text: "ab", runs: cycle)),
      invalid("text-state-other-order", .recordState, .malformed, state(text: "ab", runs: order)),
      invalid("text-state-gap", .recordState, .malformed, state(text: "a", runs: [1, 4, 0, 2, 1])),
      invalid(
        "text-state-twice", .recordState, .malformed, state(text: "ab", runs: [2, 4, 4, 0, 0, 0, 1, 1, 1])),
      invalid("text-state-text-too-short", .recordState, .malformed, state(text: "", runs: one)),
      invalid("text-state-text-too-long", .recordState, .malformed, state(text: "ab", runs: one)),
      invalid(
        "text-state-without-author", .recordState, .malformed, state(text: "a", runs: one, writings: [])),
      invalid(
        "text-state-beyond-the-heads", .recordState, .malformed, state(text: "a", runs: one, number: 2)),
      invalid(
        "text-state-beyond-the-limit", .recordState, .limitExceeded,
        state(text: "", runs: [1, 0x85, 0x80, 0x80, 0x08, 0, 0, 1], writings: [])),
    ]
  }
}
