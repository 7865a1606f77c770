import ArgumentParser
import CRDT
import CaseModel

/// The steps that a case takes.
struct StepGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: Phrase("De trin, en sag tager.", "The steps that a case takes.").said,
    subcommands: [StepList.self, StepShow.self, StepStart.self, StepComplete.self, StepSkip.self])
}

/// What the commands take that say something of one step.
struct OneStepOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Trinet: dets nummer eller kode i step list.", "The step: its number or code in step list."
    ).help())
  var step: String
  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
}

extension Session {
  /// Whether a step is about a decision, and none was issued since its round began that stands.
  private func lacksDecision(
    _ step: StepProgress, of progress: CaseProgress, in file: CaseFile, on day: CalendarDay
  ) -> Bool {
    guard step.step.shownBy.contains(.decision) else { return false }
    let round = progress.rounds.first { $0.number == step.round }
    let start = step.round > 1 ? round?.startedOn : nil
    return !file.all(.decision).contains { decision in
      guard let issued = decision.issuedOn, issued <= day else { return false }
      return issued >= start ?? .min && !decision.hasElements(Field.Decision.withdrawn)
    }
  }

  /// Says something of a step and tells how it stands then.
  func say(_ act: CaseWork.StepAct, _ options: OneStepOptions, reason: String?) async throws {
    let file = try file(options.caseReference)
    let stock = try replica.stock()
    let day = try pastDay(options.on, in: file)
    let (progress, step) = try step(options.step, of: file, stock)
    if case .complete = act, reason == nil, let missing = closed(step, in: file) {
      throw Failure(.usage, .gateClosed, step.step.code, missing)
    }
    if case .complete = act, reason == nil, lacksDecision(step, of: progress, in: file, on: day) {
      let missing = output.say(.isMissing, output.say(.issuedDecision))
      throw Failure(.usage, .gateClosed, step.step.code, missing)
    }
    if case .skip = act, reason == nil, !step.step.isOptional {
      throw Failure(.usage, .skipNeedsReason, step.step.code)
    }
    let late = try reason == nil ? lateness(of: act, step, in: file, stock, on: day) : nil
    let why = try reason ?? late.flatMap { try whyLate($0.window) }
    let cause = progress.rounds.last.flatMap { $0.number == step.round ? $0.cause : nil }
    let drafts = CaseWork.say(
      act, of: step, in: file, cause: cause, reason: self.reason(why, in: file), on: day,
      identify: identify)
    let (line, members) = recorded(drafts[0], in: file)
    try await save(
      drafts, options.write, line,
      members + [("step", .string(step.step.code)), ("round", .integer(Int64(step.round)))])
    if why == nil, let late { tellLate(late.window, late.step, in: file, on: day) }
  }

  /// Whether a step that is taken again and again is said to be done after its time.
  private func lateness(
    of act: CaseWork.StepAct, _ step: StepProgress, in file: CaseFile, _ stock: CaseStock,
    on day: CalendarDay
  ) throws -> (window: CadenceWindow, step: String?)? {
    guard case .complete = act else { return nil }
    let cadences = workflow(of: file, stock).cadences
    switch step.step.code {
    case cadences.contactStep: return try lateness(of: .contact, in: file, on: day)
    case cadences.followUpStep: return try lateness(of: .followUp, in: file, on: day)
    default: return nil
    }
  }
}
