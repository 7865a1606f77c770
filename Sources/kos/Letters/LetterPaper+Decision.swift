import CRDT
import CaseModel

/// A decision as its family is told it: what, why, by which law, and how to complain (R25, R62).
extension LetterPaper {
  /// The page.
  ///
  /// - Throws: `Failure` for what may not be sent: not issued, closed to the reader, or without its reasons.
  mutating func decisionPage(_ decision: CaseRecord, to recipient: String?) throws -> Page {
    guard decision.isIssued else {
      throw Failure(.usage, .decisionNotIssued)
    }
    let reasons = file.all(.decisionReasons).filter { $0.id == decision.identifier(Field.Decision.reasons) }
    guard let reason = reasons.first?.text(Field.DecisionReasons.text) else {
      throw Failure(.usage, .decisionWithoutReasons)
    }
    guard take([decision] + reasons, isItsMatter: true).count == 2 else {
      throw Failure(.refused, .letterClosed)
    }
    let matter = decision.text(Field.Decision.matter).map { words.label($0) } ?? "–"
    let isWithdrawn = decision.hasElements(Field.Decision.withdrawn)
    let title = say(isWithdrawn ? .decisionTitleWithdrawn : .decisionTitle, matter)
    var content = head(title, to: recipient)
    if isWithdrawn { content.append(.element(.frame, say(.decisionWithdrawn))) }
    content.append(.element(.frame, outcome(of: decision, matter)))
    content.append(.element(.heading, say(.decisionWhy)))
    content += PageNode.paragraphs(reason)
    if let basis = decision.text(Field.Decision.legalBasis) {
      content += [.element(.heading, say(.decisionLaw)), .element(.paragraph, basis)]
    }
    content += [.element(.heading, say(.decisionComplain))]
    content += [.element(.paragraph, complaint(about: decision))]
    content.append(
      .element(
        .paragraph,
        say(
          .decisionBy, date(decision.issuedOn), name(decision.issuer))))
    return Page(title: title, language: words.language.rawValue, content: content + foot())
  }

  /// How and until when to complain: a day once the decision was delivered, else counted from when it comes.
  private func complaint(about decision: CaseRecord) -> String {
    let body = complaintBody(of: decision)
    let how = body.map { say(.decisionComplaintHowTo, $0) } ?? say(.decisionComplaintHow)
    guard let period = ComplaintPeriod(of: decision) else { return how }
    let who = body.map { say(.decisionComplaintTo, $0) } ?? say(.decisionComplaintToUs)
    let weeks = period.dayCount / 7
    let isWhole = weeks > 0 && period.dayCount.isMultiple(of: 7)
    let limit =
      if let until = period.until {
        say(.decisionComplaintBy, date(until))
      } else if isWhole {
        say(.decisionComplaintWeeks, String(weeks))
      } else {
        say(.decisionComplaintDays, String(period.dayCount))
      }
    return [who, limit, how].joined(separator: " ")
  }

  /// Who decides complaints: whom the decision names; of one that was issued without it, whom its law named
  /// then.
  private func complaintBody(of decision: CaseRecord) -> String? {
    if let body = decision.complaintBody { return body }
    guard let law = decision.text(Field.Decision.legalBasis),
      let issued = decision.issuedOn
    else { return nil }
    return stock.complaintBody(for: law, on: issued, at: Clock.start(of: issued))
  }

  private func outcome(of decision: CaseRecord, _ matter: String) -> String {
    let (sentence, isGranted): (Phrase, Bool) =
      switch decision.text(Field.Decision.outcome) {
      case Code.granted: (.outcomeGranted, true)
      case Code.grantedInPart: (.outcomeInPart, true)
      case Code.refused: (.outcomeRefused, false)
      default: (.outcomeOther, false)
      }
    let code = decision.text(Field.Decision.outcome).map { words.label($0) } ?? "–"
    let told = say(sentence, matter, code)
    guard isGranted, let amount = decision.decisionAmount else { return told }
    return told + " " + say(.outcomeAmount, Money(amount: amount).text(in: words.language))
  }
}
