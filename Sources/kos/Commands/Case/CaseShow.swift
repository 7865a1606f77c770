import ArgumentParser
import CRDT
import CaseModel

/// Shows where a case stands.
struct CaseShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Phrase("Vis, hvor en sag står.", "Show where a case stands.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let output = session.output
    try session.open(
      file.records[.case, default: []] + [file.allocation].compactMap { $0 }
        + file.participants.map(\.record) + file.children + file.openGoals)
    let forecast = try session.ownForecast(in: file.id)
    let progress = session.progress(of: file, stock)
    try session.open(stepsOf: file, progress.steps)
    output.object(members(file, forecast, session, stock) + course(progress, file, session, stock))
    output.line("\(session.reference(file.id) ?? "")  \(session.short(file.id))  \(file.label?.shown ?? "–")")
    let ahead = [output.say(.nextStep), next(progress, file, session, stock)]
    output.table(rows(file, forecast, session, stock) + [ahead])
    output.line(output.say(.steps))
    let code = next(progress, session)?.step.code
    output.table(
      progress.steps.map { session.row($0, in: file, isNext: $0.step.code == code, stock) })
    if progress.round > 1 { output.line(output.say(.inRound, String(progress.round))) }
    try showGoals(of: file, session)
  }

  /// The goals that are worked on, under the numbers that they have in `goal list`, which has the others too.
  private func showGoals(of file: CaseFile, _ session: Session) throws {
    let open = Set(file.openGoals.map(\.id))
    guard !open.isEmpty else { return }
    try session.keepNumbers(of: file.goals)
    session.output.line(session.output.say(.goals))
    for (place, goal) in file.goals.enumerated() where open.contains(goal.id) {
      let title = goal.text(Field.Goal.title)?.shown ?? "–"
      session.output.line("  \(place + 1)  \(title)\(try session.mark(goal))")
    }
  }

  /// What there is of the case, as far as the reader can tell.
  private func rows(
    _ file: CaseFile, _ forecast: AccessForecast, _ session: Session, _ stock: CaseStock
  ) -> [[String]] {
    let output = session.output
    let members = file.participants.map { member($0, session, stock) }
    let files = file.all(.attachment)
    return [
      [output.say(.status), session.status(of: file, forecast)],
      [output.say(.coordinator), session.coordinator(of: file, forecast, stock)],
      [output.say(.participants), session.listed(members, of: .participant, in: file, forecast)],
      [
        output.say(.children),
        session.listed(file.children.map(Self.child), of: .child, in: file, forecast),
      ],
      [output.say(.contacts), session.count(file.contacts, of: .contact, in: file, forecast)],
      [output.say(.files), session.count(files, of: .attachment, in: file, forecast)],
      [
        output.say(.openUpdates),
        session.count(file.openUpdates, of: .externalUpdate, in: file, forecast),
      ],
      [output.say(.conflicts), String(conflicts(file, session, stock))],
    ]
  }

  private func members(
    _ file: CaseFile, _ forecast: AccessForecast, _ session: Session, _ stock: CaseStock
  ) -> [(String, JSON)] {
    let status = forecast.status(of: file, on: session.day(nil))
    let coordinator = file.coordinator.map { session.name($0, stock) }
    func count(_ records: [CaseRecord], _ kind: RecordKind) -> JSON {
      session.members(counting: records, of: kind, in: file, forecast)
    }
    let participants: [JSON] = file.participants.map { member in
      .object([
        ("person", JSON(member.part.person)), ("name", JSON(session.name(member.part.person, stock))),
        ("role", JSON(member.part.role.name)),
      ])
    }
    let children: [JSON] = file.children.map { child in
      .object([
        ("child", JSON(child.id)), ("name", JSON(child.text(Field.Child.name))),
        ("born", JSON(child.day(Field.Child.born))),
      ])
    }
    return [
      ("case", JSON(session.reference(file.id))), ("case_id", JSON(file.id)), ("label", JSON(file.label)),
      ("status", JSON(status?.rawValue)), ("coordinator", JSON(coordinator)),
      ("participants", .array(participants)), ("children", .array(children)),
      ("goals", .array(file.openGoals.map { JSON($0.text(Field.Goal.title)) })),
      ("contacts", count(file.contacts, .contact)),
      ("attachments", count(file.all(.attachment), .attachment)),
      ("open_updates", count(file.openUpdates, .externalUpdate)),
      ("conflicts", .integer(Int64(conflicts(file, session, stock)))),
    ]
  }

  /// Where the case stands in its workflow, for programs.
  private func course(
    _ progress: CaseProgress, _ file: CaseFile, _ session: Session, _ stock: CaseStock
  ) -> [(String, JSON)] {
    let workflow = session.workflow(of: file, stock)
    let next = next(progress, session)
    let steps: [JSON] = progress.steps.map {
      .object(session.members($0, in: file, isNext: $0.step.code == next?.step.code, stock))
    }
    return [
      ("workflow", .string("\(workflow.code)@\(workflow.version)")),
      ("round", .integer(Int64(progress.round))), ("next", JSON(next?.step.code)),
      ("responsible", JSON(next.map { session.responsible($0, stock) })),
      ("waiting_since", JSON(next?.state == .waiting ? next?.since : nil)), ("steps", .array(steps)),
    ]
  }

  /// The step that is to be done next, as far as the reader can tell.
  private func next(_ progress: CaseProgress, _ session: Session) -> StepProgress? {
    progress.next.flatMap { session.isTold($0) ? $0 : nil }
  }

  /// What is to be done next, by whom, and for how long it has waited.
  private func next(
    _ progress: CaseProgress, _ file: CaseFile, _ session: Session, _ stock: CaseStock
  ) -> String {
    guard let next = next(progress, session) else {
      return session.output.say(progress.next == nil ? .nothingNext : .notShownToYou)
    }
    let title = session.output.text(next.step.title).shown
    let words = [title, session.standing(next), session.responsible(next, stock)]
    return (words + [session.closed(next, in: file)].compactMap { $0 }).joined(separator: "; ")
  }

  /// How many of what `kos conflicts` shows are the case's.
  private func conflicts(_ file: CaseFile, _ session: Session, _ stock: CaseStock) -> Int {
    session.disagreements(in: file.records.values.joined(), stock).count + file.semanticConflicts.count
  }

  private func member(_ member: CaseFile.Member, _ session: Session, _ stock: CaseStock) -> String {
    "\(session.name(member.part.person, stock)) (\(session.role(member.part.role)))"
  }

  private static func child(_ child: CaseRecord) -> String {
    let name = child.text(Field.Child.name)?.shown ?? "–"
    return child.day(Field.Child.born).map { "\(name), \($0)" } ?? name
  }
}
