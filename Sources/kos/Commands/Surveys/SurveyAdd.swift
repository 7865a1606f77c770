import ArgumentParser
import CRDT
import CaseModel

/// Records one answer to a survey (R65–R67).
struct SurveyAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase("Notér et svar på et spørgeskema.", "Record an answer to a survey.").said,
    discussion: Phrase(
      "Uden --answer spørger kommandoen i en terminal om hvert spørgsmål.",
      "Without --answer the command asks each question at a terminal."
    ).said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase("Hvem der svarer: family eller core_team.", "Who answers: family or core_team.").help())
  var respondent: Survey
  @Option(
    help: Phrase(
      "Et svar som entrance=4: 1 slet ikke, 5 helt, - intet svar.",
      "An answer such as entrance=4: 1 not at all, 5 entirely, - none."
    ).help(valueName: "dimension=n"))
  var answer: [String] = []
  @Option(
    help: Phrase(
      "Hvilken måling, 1 først; ellers den næste.", "Which measurement, 1 first; else the next one."
    ).help(valueName: "n"))
  var measurement: Int?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let day = try session.pastDay(step.on)
    if let measurement, !Survey.measurements.contains(Int64(measurement)) {
      throw Failure(.usage, .badMeasurement)
    }
    let given = try Self.parse(answer, of: respondent)
    let answers = try ask(whatMisses: given, session)
    let number = measurement ?? respondent.nextMeasurement(in: file, on: day)
    let response = CaseWork.surveyResponse(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), respondent,
      measurement: number, answers: answers.compactMapValues { $0 }, on: day)
    let (line, members) = session.recorded(response, in: file)
    try await session.save(
      [response], step.write, line, members + [("measurement", .integer(Int64(number)))])
  }

  /// Answers by dimension; `nil` for one that was left out on purpose.
  static func parse(_ words: [String], of survey: Survey) throws -> [String: Int?] {
    let names = survey.dimensions.map(\.name)
    var answers: [String: Int?] = [:]
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = String(parts[0].map { $0 == "-" ? "_" : $0 })
      guard names.contains(name) else {
        throw Failure(.usage, .noSuchDimension, parts[0], names.joined(separator: ", "))
      }
      guard parts.count == 2, let number = number(parts[1]) else {
        throw Failure(.usage, .badAnswer, word, name)
      }
      answers.updateValue(number, forKey: name)
    }
    return answers
  }

  /// An answer: `.some(nil)` for none on purpose, `nil` for what is no answer.
  private static func number(_ word: String) -> Int?? {
    if word == "-" { return .some(nil) }
    guard let number = Int64(word), Survey.scale.contains(number) else { return nil }
    return .some(Int(number))
  }

  private func ask(whatMisses given: [String: Int?], _ session: Session) throws -> [String: Int?] {
    var answers = given
    let output = session.output
    let missing = respondent.dimensions.map(\.name).filter { !given.keys.contains($0) }
    guard !missing.isEmpty else { return answers }
    var isTold = false
    for name in missing {
      var answer: Int??
      while answer == nil {
        if !isTold, Prompt.isPossible { output.notice(output.say(.answerScale)) }
        isTold = true
        guard let line = try Prompt.line(output.say(Phrase.question(name))) else {
          throw Failure(.usage, .missingAnswers, missing.joined(separator: ", "))
        }
        let word = line.split(separator: " ").joined()
        answer = word.isEmpty ? .some(nil) : Self.number(word)
        if answer == nil { output.notice(output.say(.badAnswer, line.shown, name)) }
      }
      answers.updateValue(answer ?? nil, forKey: name)
    }
    return answers
  }
}
