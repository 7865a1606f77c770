import ArgumentParser
import CRDT
import CaseModel

/// Who signs a consent, and what shows it.
struct SigningOptions: ParsableArguments {
  @Option(
    help: Phrase(
      "Hvem der skal skrive under; ellers alle, der har forældremyndighed.",
      "Who must sign; else everybody who holds custody."
    ).help(valueName: "person"))
  var signer: [String] = []
  @Option(help: Phrase("Hvem der har skrevet under.", "Who has signed.").help(valueName: "person"))
  var signedBy: [String] = []
  @Option(
    help: Phrase(
      "Hvordan samtykket blev givet: written, oral, digital.",
      "How consent was given: written, oral, digital."
    ).help())
  var form = "written"
  @Option(
    help: Phrase(
      "Posten, der viser det: et notat eller en fil.", "The record that shows it: a note or a file."
    ).help(valueName: "record"))
  var evidence: String?
  @Option(
    name: .customLong("evidence-text"),
    help: Phrase(
      "I stedet en tekst om, hvordan det blev givet; den gemmes i et notat.",
      "Instead a text on how it was given; it is kept in a note."
    ).help(valueName: "text"))
  var evidenceText: String?

  /// Drafts the consent, after the note that shows it when the options hold its text.
  func drafts(
    of disclosure: CaseWork.Disclosure, in file: CaseFile, _ session: Session
  ) throws -> [RecordDraft] {
    let required = try signer.map(session.person)
    let signed = try signedBy.map(session.person)
    var drafts: [RecordDraft] = []
    let shown: Identifier
    switch (evidence, evidenceText) {
    case (let word?, nil):
      shown = try session.record(word, in: file.all(.note) + file.all(.attachment), of: .unnumbered).id
    case (nil, let text?):
      shown = session.replica.newIdentifier()
      // About the signers too, so that no consent to disclose the subjects' data discloses it.
      let signers = Set(required + signed).subtracting(disclosure.subjects).sorted()
      drafts.append(
        CaseWork.note(
          id: shown, in: file.id, about: disclosure.subjects + (signers.isEmpty ? [session.me] : signers),
          text: text, informationType: .coordination, on: session.day(nil)))
    default: throw Failure(.usage, .needsEvidence)
    }
    drafts.append(
      CaseWork.consent(
        id: session.replica.newIdentifier(), in: file.id, disclosure, form: form, evidence: shown,
        required: required, signatures: signed))
    return drafts
  }
}
