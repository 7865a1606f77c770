import ArgumentParser
import CRDT
import CaseModel
import Glibc

/// Imports a caseload; importing it again changes nothing.
struct Import: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Importér sager fra JSON-linjer; samme fil igen ændrer intet.",
      "Import a caseload of JSON lines; importing it again changes nothing."
    ).said)

  @Argument(help: Phrase("Filen; - er standardinput.", "The file; - is the standard input.").help())
  var file: String
  @Option(
    help: Phrase(
      "Hvem der deltager i hver sag; en rolle kan følge efter.",
      "Who takes part in every case; a role may follow."
    ).help(valueName: "person[:role]"))
  var participant: [String] = []
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let caseload = CaseloadImport.parse(try Descriptor.readFile(file))
    guard caseload.errors.isEmpty else {
      for error in caseload.errors.prefix(20) { session.tell(error) }
      throw Failure(.usage, .badCaseload, String(caseload.errors.count))
    }
    let (entries, notices) = try plan(caseload.events, session)
    for notice in caseload.notices + notices { session.tell(notice) }
    let before = try session.replica.status()
    let count = try writeAll(entries, session)
    let act = WrittenAct(records: Set(entries.joined().map(\.id)), standing: before)
    let delivery = try await session.deliver(act, offline: write.offline, timeout: .seconds(600))
    try session.say(
      delivery, session.output.say(.imported, String(caseload.events.count), String(count)),
      [("events", .integer(Int64(caseload.events.count))), ("records", .integer(Int64(count)))])
  }

  private func plan(
    _ events: [CaseloadEvent], _ session: Session
  ) throws -> ([[RecordDraft]], [CaseloadNotice]) {
    let profile = session.replica.profile
    let existing = Set(try session.replica.records().map(\.id))
    func plan(_ existing: Set<Identifier>) -> CaseloadPlan {
      CaseloadImport.plan(
        events, importer: profile.person, as: profile.role, existing: existing,
        identify: { session.replica.identifier(named: $0) })
    }
    let planned = plan(existing)
    guard !participant.isEmpty else { return (planned.entries, planned.notices) }
    let cases = plan([]).entries.joined().filter { $0.kind == .case }.map(\.id)
    let joining = try participant.flatMap { try participations($0, in: cases, existing, session) }
    return (planned.entries + RecordDraft.entries(of: joining), planned.notices)
  }

  /// The participations of one person in every case that the caseload brings.
  private func participations(
    _ word: String, in cases: [Identifier], _ existing: Set<Identifier>, _ session: Session
  ) throws -> [RecordDraft] {
    let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
    let person = try session.person(parts.first ?? word)
    let role = try parts.count > 1 ? RoleName.role(parts[1]) : .coreTeam
    return cases.compactMap { caseID in
      let key = "caseload/1/participant/\(caseID)/\(person)/\(role.rawValue)"
      let id = session.replica.identifier(named: key)
      guard !existing.contains(id) else { return nil }
      return CaseWork.participant(id: id, in: caseID, person: person, role: role)
    }
  }

  /// Writes the entries some at a time, each time durable, and shows how far it came. They are one act, by
  /// one instant, so that `kos undo` takes all of it back or says why not, and passes over all of it.
  private func writeAll(_ entries: [[RecordDraft]], _ session: Session) throws -> Int {
    let step = 32
    let instant = session.replica.now()
    let showsProgress = isatty(2) == 1 && !session.output.json
    for start in stride(from: 0, to: entries.count, by: step) {
      let end = min(start + step, entries.count)
      try session.replica.write(Array(entries[start..<end]), at: instant)
      guard showsProgress else { continue }
      let text = session.output.say(.progress, String(end), String(entries.count))
      Descriptor.write("\r" + text + (end == entries.count ? "\n" : ""), to: 2)
    }
    return entries.joined().count(where: \.isNew)
  }
}

extension Session {
  /// Tells why a line cannot be imported.
  fileprivate func tell(_ error: CaseloadError) {
    let text =
      switch error.cause {
      case .notUTF8: output.say(.lineNotUTF8)
      case .notJSON: output.say(.lineNotJSON)
      case .notAnObject: output.say(.lineNotObject)
      case .missing(let key): output.say(.keyMissing, key)
      case .wrongType(let key, let expected): output.say(.keyWrongType, key, expected)
      case .badDay(let key, _): output.say(.keyNoDay, key)
      case .lineTooLong: output.say(.lineTooLong, String(CaseloadImport.lineBytesMax))
      case .tooManyLines: output.say(.tooManyLines, String(CaseloadImport.linesMax))
      }
    output.notice(output.say(.importNotice, String(error.line), text))
  }

  /// Tells what an import left out.
  fileprivate func tell(_ notice: CaseloadNotice) {
    let text =
      switch notice.cause {
      case .unknownEvent(let name): output.say(.unknownEvent, name.shown)
      case .unknownKeys(let keys): output.say(.unknownKeys, keys.joined(separator: ", ").shown)
      case .allocationStands: output.say(.allocationStands)
      }
    output.notice(output.say(.importNotice, String(notice.line), text))
  }
}
