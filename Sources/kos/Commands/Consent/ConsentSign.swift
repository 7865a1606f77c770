import ArgumentParser
import CRDT
import CaseModel

/// Notes that somebody signed a consent.
struct ConsentSign: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: Phrase(
      "Skriv under på et samtykke, eller notér, at en anden har gjort det.",
      "Sign a consent, or note that somebody else has."
    ).said)

  @OptionGroup var which: ConsentOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, consent) = try which.find(session)
    let signer = try which.person(session)
    try session.open([consent])
    let draft = CaseWork.sign(consent: consent, by: signer)
    let after = CaseRecord(draft, over: consent, by: session.me, at: session.replica.now())
    let stock = try session.replica.stock()
    let signers = stock.signers(of: after, at: session.replica.now())
    let missing = session.holdsWhatGoverns ? signers?.missing ?? [] : []
    let before = stock.signers(of: consent, at: session.replica.now())
    if session.holdsWhatGoverns, before?.missing.contains(signer) == false {
      session.output.notice(
        session.output.say(.signatureAddsNothing, session.title(of: signer, stock, in: file.id)))
    }
    var line = session.output.say(.consentSigned, session.title(of: signer, stock, in: file.id))
    if !missing.isEmpty {
      let names = missing.map { session.title(of: $0, stock, in: file.id) }.joined(separator: ", ")
      line += " " + session.output.say(.yetToSign, names)
    }
    try await session.save(
      [draft], write, line,
      session.recorded(draft, in: file).members + [
        ("signed_by", JSON(signer)), ("missing_signatures", session.persons(signers?.missing)),
      ])
  }
}
