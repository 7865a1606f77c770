import ArgumentParser
import CRDT
import CaseModel

/// Major changes in the family's life.
struct ChangeGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: Phrase(
      "Større ændringer i familiens liv, og om trinene gentages.",
      "Major changes in the family's life, and whether steps repeat."
    ).said,
    subcommands: [ChangeAdd.self, ChangeList.self, ChangeConfirm.self, ChangeDecline.self])
}

/// What the commands take that decide on a major change.
struct ChangeDecisionOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Ændringen: dens nummer i change list eller dens id.",
      "The change: its number in change list, or its id."
    ).help())
  var change: String
  @Option(help: Phrase("Hvorfor.", "Why.").help(valueName: "text"))
  var reason: String
  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
}

extension Session {
  /// Writes a person's decision on a major change; one that was taken stands (R38).
  func decide(_ options: ChangeDecisionOptions, repeatsSteps: Bool) async throws {
    let file = try file(options.caseReference)
    let change = try record(options.change, in: file.all(.majorChange))
    guard change.boolean(Field.MajorChange.isConfirmed) == nil else {
      throw Failure(.usage, .changeDecided, options.change)
    }
    guard !options.reason.allSatisfy(\.isWhitespace) else { throw Failure(.usage, .noText) }
    let decidedOn = try pastDay(options.on)
    if let happened = change.day(Field.MajorChange.happenedOn), decidedOn < happened {
      throw Failure(.usage, .beforeItWasThere, decidedOn.description, happened.description)
    }
    let stock = try replica.stock()
    let draft = CaseWork.decide(
      majorChange: change, repeatsSteps: repeatsSteps, reason: options.reason, on: decidedOn)
    let repeated = workflow(of: file, stock).repeatedSteps.count
    let line = repeatsSteps ? output.say(.stepsRepeat, String(repeated)) : output.say(.stepsDoNotRepeat)
    try await save(
      [draft], options.write, line,
      recorded(draft, in: file).members + [("confirmed", .boolean(repeatsSteps))])
  }
}
