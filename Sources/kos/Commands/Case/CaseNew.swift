import ArgumentParser
import CRDT
import CaseModel

/// Opens a case.
struct CaseNew: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: Phrase("Opret en sag.", "Open a case.").said)

  @Option(help: Phrase("Hvad familien hedder i lister.", "What the family is called in lists.").help())
  var label: String
  @Option(
    help: Phrase("Et barn; fødselsdagen kan følge efter.", "A child; the day of birth may follow.").help(
      valueName: "name:yyyy-mm-dd"))
  var child: [String] = []
  @Option(help: InquiryOptions.source)
  var source: String?
  @Option(
    help: Phrase("Dagen for henvendelsen, ellers i dag.", "The day of the inquiry, else today.").help(
      valueName: "day"), transform: CalendarDay.past)
  var received: CalendarDay?
  @OptionGroup var inquiry: InquiryOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    if let flaw = CaseLabel.flaw(of: label, among: stock.cases.compactMap(\.head)) {
      throw Failure(label: label, flaw)
    }
    let caseID = session.replica.newIdentifier()
    let day = try session.pastDay(received)
    let children = try child.map { try Self.parse($0, caseID, session) }
    let workflow = stock.newestWorkflow(on: session.day(nil))
    var drafts = CaseWork.open(
      case: caseID, label: label, municipality: inquiry.municipality, workflow: workflow?.id,
      on: day, creator: session.me, as: session.replica.profile.role, identify: session.identify)
    drafts += children
    let source = try source ?? askedSource(session)
    if let source {
      drafts += CaseWork.inquiry(
        in: caseID, about: children.map(\.id), source: source, on: day,
        municipality: inquiry.municipality, text: inquiry.text, identify: session.identify)
    } else if let text = inquiry.text {
      drafts.append(
        CaseWork.note(id: session.replica.newIdentifier(), in: caseID, text: text, on: day))
    }
    let act = try session.write(session.introduction() + [drafts])
    let reference = try session.replica.reference(of: caseID)
    let delivery = try await session.deliver(act, offline: write.offline)
    try session.say(
      delivery, session.output.say(.caseOpened, session.called(caseID), session.short(caseID)),
      [("case", .string(reference)), ("case_id", JSON(caseID)), ("label", JSON(label))])
    if source == nil { session.output.notice(session.output.say(.caseWithoutSource, reference)) }
  }

  /// Who turned to the municipality, asked for at a terminal: without it the first step stays open.
  private func askedSource(_ session: Session) throws -> String? {
    guard !common.json else { return nil }
    let answer = try Prompt.line(session.output.say(.whichSource))
    return answer?.allSatisfy(\.isWhitespace) == false ? answer : nil
  }

  private static func parse(_ word: String, _ caseID: Identifier, _ session: Session) throws -> RecordDraft {
    var name = word
    var born: CalendarDay?
    if let colon = word.lastIndex(of: ":") {
      let day = word[word.index(after: colon)...]
      guard let parsed = try? CalendarDay.past(String(day)) else { throw Failure(day: String(day)) }
      guard parsed <= session.day(nil) else { throw Failure(.usage, .bornLater, parsed.description) }
      (name, born) = (String(word[..<colon]), parsed)
    }
    return CaseWork.child(id: session.replica.newIdentifier(), in: caseID, name: name, born: born)
  }
}

extension Failure {
  /// Says why a case cannot be called so.
  fileprivate init(label: String, _ flaw: CaseLabel.Flaw) {
    switch flaw {
    case .onlyDigits: self.init(.usage, .labelOfDigits, label)
    case .tooLong: self.init(.usage, .labelTooLong, String(CaseLabel.lengthMax))
    case .unprintable: self.init(.usage, .labelUnprintable)
    case .taken: self.init(.usage, .labelTaken, label)
    }
  }
}
