import ArgumentParser
import CaseModel

/// Lists who pays for the interventions of a case.
struct FundingList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase("Vis, hvem der betaler hvad.", "List who pays for what.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let output = session.output
    var rows: [[String]] = []
    for intervention in try session.open(file.all(.intervention)) {
      let shares = FundingShares(of: intervention.id, in: file)
      let title = intervention.text(Field.Intervention.title)
      for share in try session.open(shares.records) {
        let percent = share.integer(Field.FundingShare.percent)
        output.object([
          ("record", JSON(share.id)), ("intervention", JSON(intervention.id)), ("title", JSON(title)),
          ("payer", JSON(share.text(Field.FundingShare.payer))),
          ("law", JSON(share.text(Field.FundingShare.law))), ("percent", JSON(percent)),
          ("agreed_on", JSON(share.day(Field.FundingShare.agreedOn))),
          ("funded_percent", .integer(Int64(shares.percent))),
          ("pending", .boolean(try session.replica.isPending(share.id))),
        ])
        rows.append([
          title?.shown(upTo: 40) ?? "–", share.text(Field.FundingShare.payer)?.shown ?? "–",
          share.text(Field.FundingShare.law)?.shown ?? "–",
          (percent.map { "\($0) %" } ?? "–") + (try session.mark(share)),
        ])
      }
      // Two who wrote apart from each other may together have given away more than there is.
      if shares.percent > 100 {
        output.notice(output.say(.sharesBeyondWhole, title?.shown ?? "–", String(shares.percent)))
      }
    }
    output.table(rows)
  }
}
