import CRDT

/// A random history of one record: devices that write, push, pull and decide on what was quarantined, and a
/// server that accepts or voids. It knows nothing of how values merge.
struct History {
  /// What the server wrote into its log.
  enum Event {
    case accepted(Change)
    /// Refused, quarantined or held; the original is kept so that somebody may decide on it.
    case void(Change)

    var change: Change {
      switch self {
      case .accepted(let change), .void(let change): change
      }
    }
  }

  /// What happened at one device.
  enum Step {
    case wrote(Change)
    case pulled(Event)
  }

  /// The server's log.
  private(set) var log: [Event] = []
  /// What happened at each device, in its order. Everything pushed is pulled by everybody in the end.
  private(set) var traces: [[Step]]
  private var devices: [Device]
  private var taken: Set<ChangeID> = []
  private var clock: Int64 = 1_000

  private struct Device {
    let actor: ActorID
    var seen = VersionVector()
    var number: UInt64 = 0
    var unpushed: [Change] = []
    var cursor = 0
  }

  /// Makes a history of about `steps` steps.
  init(steps: Int = 30, random: inout SplitMix64) {
    let actors = (0..<(2 + random.below(3))).map { _ in ActorID(rawValue: random.next()) }
    devices = actors.map { Device(actor: $0) }
    traces = actors.map { _ in [] }
    for _ in 0..<steps {
      let device = random.below(devices.count)
      switch random.below(10) {
      case 0...2: write(operations(of: device, &random), at: device, origin: nil, &random)
      case 3...6: push(device, &random)
      case 7: pull(device, upTo: random.chance(70) ? log.count : devices[device].cursor + 1)
      default: decide(device, &random)
      }
    }
    for device in devices.indices { while push(device, &random) {} }
    for device in devices.indices { pull(device, upTo: log.count) }
  }

  private mutating func write(
    _ operations: [Operation], at device: Int, origin: Origin?, _ random: inout SplitMix64
  ) {
    clock += 1
    devices[device].number += 1
    let id = ChangeID(actor: devices[device].actor, number: devices[device].number)
    let skew = Int64(random.below(40)) - 20
    let context = ChangeContext(
      id: id, version: devices[device].seen, author: Identifier(high: 0, low: UInt64(device)),
      writtenAt: clock + skew, estimatedAt: random.chance(50) ? clock : nil, origin: origin)
    let change = Change(context: context, operations: operations)
    devices[device].seen.insert(id)
    devices[device].unpushed.append(change)
    traces[device].append(.wrote(change))
  }

  @discardableResult private mutating func push(_ device: Int, _ random: inout SplitMix64) -> Bool {
    guard !devices[device].unpushed.isEmpty else { return false }
    clock += Int64(random.below(3))
    let change = devices[device].unpushed.removeFirst()
    let isTaken = change.context.origin.map { taken.contains($0.id) } ?? false
    guard !isTaken && random.chance(60) else {
      log.append(.void(change))
      return true
    }
    if let origin = change.context.origin { taken.insert(origin.id) }
    log.append(
      .accepted(Change(context: change.context.received(at: clock), operations: change.operations)))
    return true
  }

  private mutating func pull(_ device: Int, upTo end: Int) {
    while devices[device].cursor < min(end, log.count) {
      let event = log[devices[device].cursor]
      devices[device].cursor += 1
      devices[device].seen.insert(event.change.id)
      traces[device].append(.pulled(event))
    }
  }

  /// Brings in something void that the device knows, under the first original's name.
  private mutating func decide(_ device: Int, _ random: inout SplitMix64) {
    let open = log.prefix(devices[device].cursor).compactMap { event -> Change? in
      guard case .void(let change) = event, !taken.contains(change.context.origin?.id ?? change.id) else {
        return nil
      }
      return change
    }
    if open.isEmpty { return }
    // Often one that follows an original which was brought in already, since such chains are rare.
    let chained = open.filter { change in taken.contains { change.context.version.contains($0) } }
    let original = random.pick(chained.isEmpty || random.chance(30) ? open : chained)
    let context = original.context
    let origin =
      context.origin
      ?? Origin(
        id: context.id, version: context.version, author: context.author, writtenAt: context.writtenAt)
    write(original.operations, at: device, origin: origin, &random)
  }

  /// Few fields, few values and several operations, so that they meet often.
  private func operations(of device: Int, _ random: inout SplitMix64) -> [Operation] {
    (0..<(1 + random.below(3))).map { _ in
      let field = FieldID(rawValue: UInt32(1 + random.below(2)))
      let value = random.pick(Self.values)
      let action: Operation.Action =
        switch random.below(18) {
        case 0...2: .assign(value)
        case 3...5: .add(value)
        case 6...7: .remove(value)
        case 8...9: .decide(value)
        case 10: .unknown(kind: FieldKind(rawValue: 98), encoding: [1, 2])
        case 11: .rank(random.pick(Self.ranks))
        case 12...16: .edit(edit(field, of: device, &random))
        default: .unknown(kind: FieldKind(rawValue: 99), encoding: [UInt8(random.below(2))])
        }
      return Operation(field: field, action: action)
    }
  }

  private static let values: [Value] = [
    .null, .integer(1), .text("\u{e9}"), .text("e\u{301}"), .unknown([1, 2]), .boolean(true),
  ]

  private static let ranks = Rank.evenly(3)

  /// A few steps that name any characters that the device knows: shown or deleted, first or last, its own or
  /// others', of changes that end void as well.
  private func edit(_ field: FieldID, of device: Int, _ random: inout SplitMix64) -> TextEdit {
    var known: [(change: ChangeID, count: Int)] = traces[device].compactMap { step in
      let change =
        switch step {
        case .wrote(let change): change
        case .pulled(let event): event.change
        }
      for operation in change.operations where operation.field == field {
        if case .edit(let edit) = operation.action {
          return edit.insertedCount > 0 ? (change.id, edit.insertedCount) : nil
        }
      }
      return nil
    }
    known = Array(known.suffix(6))
    var steps: [TextStep] = []
    var inserted = 0
    for _ in 0..<(1 + random.below(3)) {
      let length = 1 + random.below(3)
      let isOwn = inserted > 0 && random.chance(40)
      guard !known.isEmpty || isOwn, random.chance(90) else {
        steps.append(TextStep(.insertAtStart, length: UInt32(length)))
        inserted += length
        continue
      }
      let (change, count) =
        isOwn ? (nil, inserted) : random.pick(known.map { ($0.change as ChangeID?, $0.count) })
      let index = random.below(count)
      let kind: TextStep.Kind = random.pick([.insertAfter, .insertAfter, .insertBefore, .delete])
      let taken = kind == .delete ? min(length, count - index) : length
      steps.append(TextStep(kind, change: change, index: UInt32(index), length: UInt32(taken)))
      if kind != .delete { inserted += taken }
    }
    let text = (0..<inserted).map { _ in random.pick(Self.letters) }.joined()
    guard let edit = TextEdit(steps: steps, text: text) else { preconditionFailure("an edit is none") }
    return edit
  }

  private static let letters = ["a", "b", "\u{e6}", "\u{301}", "\u{20ac}", "\u{1f9f8}"]
}
