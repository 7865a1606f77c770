import CRDT
import CaseModel
import WireProtocol

@testable import Replication

/// Histories that differ in what one device may not read, and nothing else: one as it is drawn, and others
/// in which more happens.
struct HistoryPair {
  /// What comparing two of them gave.
  enum Finding {
    case same
    /// What happened in secret was no secret: it changed what the observer may read, or what came of what
    /// others did.
    case decided
    case differs(String)
  }

  private let seed: UInt64
  private let observer: Int
  private let start: Town
  private let ids: [Identifier]
  private var script: [Tick] = []
  private let plain: ObservedHistory

  /// Draws a history.
  init(seed: UInt64, of towns: [Town]) throws {
    self.seed = seed
    var life = try TownLife(seed: seed)
    start = towns[life.random.below(towns.count)]
    observer = life.random.below(Place.roles.count)
    ids = (0..<24).map { _ in life.random.identifier() }
    var history = ObservedHistory(start, observer: start.residents[observer], seed: seed)
    var none: Secrets?
    var script: [Tick] = []
    for place in 0..<12 + life.random.below(10) {
      let tick = Self.tick(place, in: history, ids: ids, &life)
      script.append(tick)
      try history.live(tick, &none)
    }
    self.script = script
    plain = history
  }

  /// Compares with a history in which more happens.
  func compare(with variant: UInt64, _ tally: inout Tally) throws -> Finding {
    var history = ObservedHistory(start, observer: start.residents[observer], seed: seed)
    var secrets: Secrets? = try Secrets(seed: seed &* 1_009 &+ variant, ids: ids)
    for tick in script { try history.live(tick, &secrets) }
    guard let touched = secrets?.touched else { return .same }
    tally.acts += secrets?.acts ?? 0
    tally.governing += secrets?.governing ?? 0
    guard isDifferentOnly(in: touched, history) else { return .decided }
    tally.messages += plain.heard.reduce(0) { $0 + $1.count }
    let finding = try compare(history, variant)
    guard case .differs = finding, try writesOtherwise(besides: touched, variant) else { return finding }
    return .decided
  }

  /// Whether what happened in secret changed what the observer may write, which she finds out by writing.
  /// Both histories happen once more for it.
  private func writesOtherwise(besides touched: [Identifier: Int64], _ variant: UInt64) throws -> Bool {
    let observer = start.residents[observer]
    var one = ObservedHistory(start, observer: observer, seed: seed, notesWriting: true)
    var two = one
    var none: Secrets?
    var secrets: Secrets? = try Secrets(seed: seed &* 1_009 &+ variant, ids: ids)
    for tick in script {
      try one.live(tick, &none)
      try two.live(tick, &secrets)
    }
    return one.rights(besides: touched) != two.rights(besides: touched)
  }

  private func isDifferentOnly(in touched: [Identifier: Int64], _ history: ObservedHistory) -> Bool {
    guard plain.verdicts == history.verdicts else { return false }
    guard plain.rights(besides: touched) == history.rights(besides: touched) else { return false }
    return touched.allSatisfy { record, instant in
      !plain.couldRead(record, from: instant) && !history.couldRead(record, from: instant)
    }
  }

  private func compare(_ history: ObservedHistory, _ variant: UInt64) throws -> Finding {
    let actor = plain.observer.actors[0]
    let own = Disguise(of: plain.town, as: plain.seals, for: actor)
    let other = Disguise(of: history.town, as: plain.seals, for: actor)
    for (place, (one, two)) in zip(plain.heard, history.heard).enumerated() {
      guard try one.map(own.plain) != two.map(other.plain) else { continue }
      let role = start.residents[observer].role.name ?? ""
      let first = try zip(one, two).first { try own.plain($0) != other.plain($1) }
      let found = try first.map { try Self.difference(own.plain($0), other.plain($1)) } ?? ""
      return .differs(
        "seed \(seed), variant \(variant), \(role), tick \(place) \(script[place].step.name): "
          + "\(one.map { Line.of($0) }) and \(two.map { Line.of($0) }); \(found)")
    }
    return .same
  }

  /// Where two messages begin to differ, and what stands there.
  private static func difference(_ one: [UInt8], _ two: [UInt8]) -> String {
    let place = zip(one, two).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
    func around(_ bytes: [UInt8]) -> String {
      bytes[max(0, place - 24)..<min(bytes.count, place + 24)].map { String($0, radix: 16) }
        .joined(separator: " ")
    }
    return "at \(place) of \(one.count) and \(two.count): \(around(one)) | \(around(two))"
  }

  /// How much was compared.
  struct Tally {
    var pairs = 0
    var decided = 0
    var acts = 0
    var governing = 0
    var messages = 0
  }

  // MARK: Drawing

  private static func tick(
    _ place: Int, in history: ObservedHistory, ids: [Identifier], _ life: inout TownLife
  ) -> Tick {
    let town = history.town
    var entries: [(actor: ActorID, entry: JournalEntry)] = []
    var files: [(record: Identifier, actor: ActorID)] = []
    var busy: Set<Identifier> = []
    for _ in 0..<life.random.below(4) {
      let act = life.act(in: town, id: life.random.identifier())
      let resident = town.residents[act.place]
      guard resident.person != history.observer.person else { continue }
      let names = act.drafts.map(\.id) + [resident.account]
      guard busy.isDisjoint(with: names) else { continue }
      busy.formUnion(names)
      entries.append(
        (
          resident.actors[0],
          town.entry(act.drafts, by: resident, device: 0, salt: life.random.identifier())
        ))
    }
    if life.chance(15),
      let file = town.store.records.values.filter({ $0.isOf(.attachment) })
        .min(by: { $0.record < $1.record }), let head = file.heads.values.first
    {
      files.append((file.record, head.id.actor))
    }
    let advance = life.chance(40) ? 1_000 : Int64(life.random.below(180)) * 60_000
    let step: ObserverStep =
      place == 0 ? .connect(fromCursor: true) : Self.step(in: history, ids: ids, &life)
    return Tick(
      advance: advance, entries: entries, files: files, step: step,
      isObserverFirst: step.isConnect || life.chance(50))
  }

  private static func step(
    in history: ObservedHistory, ids: [Identifier], _ life: inout TownLife
  ) -> ObserverStep {
    let known = history.town.store.records.keys.sorted()
    let any = life.chance(50) ? life.pick(ids) : life.pick(known)
    switch life.random.below(24) {
    case 0..<9: return .confirm
    case 9..<12: return .connect(fromCursor: life.chance(85))
    case 12: return .cut
    case 13..<16: return .push(entry(in: history, &life))
    case 16: return .push(guess(any, in: history, &life))
    case 17: return .readHistory(any)
    case 18: return life.chance(50) ? .fetch(any) : .askAvailability([any, life.pick(ids), life.pick(known)])
    case 19:
      return life.chance(50) ? .upload(any) : life.chance(50) ? .compare(any) : .invite(case: any)
    default: return .nothing
    }
  }

  private static func entry(in history: ObservedHistory, _ life: inout TownLife) -> JournalEntry {
    let act = life.act(in: history.town, id: life.random.identifier())
    return history.town.entry(act.drafts, by: history.observer, device: 0, salt: life.random.identifier())
  }

  /// A change of a record that the observer may only guess to be there.
  private static func guess(
    _ id: Identifier, in history: ObservedHistory, _ life: inout TownLife
  ) -> JournalEntry {
    var draft = RecordDraft(
      id: id, kind: .note, caseID: history.town.cases[0], about: [], informationType: .social, isNew: false)
    draft.write(Field.Note.title, "guessed")
    return history.town.entry([draft], by: history.observer, device: 0, salt: life.random.identifier())
  }
}

extension RecordSnapshot {
  fileprivate func isOf(_ kind: RecordKind) -> Bool { facts?.kind == kind.rawValue }
}
