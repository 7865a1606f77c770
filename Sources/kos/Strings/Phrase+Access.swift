/// Consent, and what else gives and takes access.
extension Phrase {
  static let roles = Phrase(
    "Rollen: family-coordinator (koordinator), core-team (kerneteam), external-reporter (ekstern), "
      + "analysis-team (analyseteam), involved-professional (fagperson), parent (forælder) …",
    "The role: family-coordinator, core-team, external-reporter, analysis-team, involved-professional, "
      + "parent …")
  static let theFamily = Phrase("familien", "the family")
  static let proposalOnly = Phrase(
    "Indtil da er det et forslag: hvad der giver og tager adgang, gælder, når serveren har det.",
    "Until then it is a proposal: what gives and takes access counts once the server has it.")
  static let proposalMark = Phrase("forslag, venter", "proposal, pending")
  static let noKnownRole = Phrase("ingen rolle kendt her", "no role known here")
  static let endsAt = Phrase("til {0}", "until {0}")
  static let grantEnded = Phrase("{0} er afsluttet: {1}.", "{0} is ended: {1}.")
  static let inRegister = Phrase("{0} er noteret i registret.", "{0} is recorded in the register.")
  static let consentSigned = Phrase("{0} har skrevet under.", "{0} has signed.")
  static let signatureAddsNothing = Phrase(
    "{0} mangler ikke at skrive under: underskriften gør ingen forskel for, hvad samtykket dækker.",
    "{0} is not among those who have yet to sign: the signature changes nothing of what the consent covers.")
  static let consentWithdrawn = Phrase(
    "{0} har trukket samtykket tilbage. Når serveren har det, sender den modtageren intet nyt.",
    "{0} has withdrawn the consent. Once the server has it, it sends the recipient nothing new.")
  static let yetToSign = Phrase("Mangler at skrive under: {0}.", "Yet to sign: {0}.")
  static let noGrantorFor = Phrase(
    "Ingen er noteret med forældremyndighed for {0}: kos custody set",
    "Nobody is recorded who holds custody of {0}: kos custody set")
  static let noGrantorKnownFor = Phrase(
    "Ingen er noteret med forældremyndighed for {0}.", "Nobody is recorded who holds custody of {0}.")
  static let custodySet = Phrase(
    "Forældremyndighed over {0}: {1}.", "Custody of {0}: {1}.")
  static let wouldSee = Phrase("{0} ({1}) ville se: {2}.", "{0} ({1}) would see: {2}.")
  static let countOfType = Phrase("{0} {1} af {2}", "{0} {1} of {2}")
  static let onceSigned = Phrase(
    "Det gælder først, når {0} har skrevet under.", "That is so once {0} has signed.")
  static let nobodyWouldRead = Phrase(
    "Ingen deltager for modtageren endnu.", "Nobody takes part for the recipient yet.")
  static let judgedHere = Phrase(
    "Bedømt ud fra det, der er i denne kopi, og med det, der venter, som godtaget. Serveren afgør.",
    "Judged from what this replica holds, with what is pending as if accepted. The server decides.")
  static let previewOnly = Phrase(
    "Intet er gemt: det var kun et eftersyn.", "Nothing was saved: this was only a look.")
  static let readersThen = Phrase("Læses så af: {0}.", "Read then by: {0}.")
  static let wouldRead = Phrase("{0} ({1}) ville læse {2}.", "{0} ({1}) would read {2}.")
  static let wouldNotRead = Phrase("{0} ({1}) ville ikke læse {2}.", "{0} ({1}) would not read {2}.")
  static let byRule = Phrase("Fordi: {0} ({1}).", "Because {0} ({1}).")
  static let glassBroken = Phrase(
    "Du læser sagen til {0}, fire timer fra serveren har det.",
    "You read the case until {0}, four hours from when the server has this.")
  static let tellThem = Phrase(
    "De får besked i kos status og kos watch: {0}.", "Told of it in kos status and kos watch: {0}.")
  static let readsByGlass = Phrase(
    "{0} læser {1} med nødadgang, fra {2} til {3}: {4}", "{0} reads {1} by break-glass, from {2} to {3}: {4}")
  static let readByGlass = Phrase(
    "{0} læste {1} med nødadgang, fra {2}, længst til {3}: {4}",
    "{0} read {1} by break-glass, from {2}, at the latest to {3}: {4}")
  static let noGlasses = Phrase("Ingen har brugt nødadgang.", "Nobody has used break-glass.")
  static let glassOfWhich = Phrase(
    "Hvilken sag? Intet er gemt. Brug: kos break-glass SAG --reason ...",
    "Which case? Nothing was saved. Use: kos break-glass CASE --reason ...")
  static let otherLeaders = Phrase("de andre ledere", "the other leaders")
  static let glassEnded = Phrase("Nødadgangen er afsluttet.", "Your break-glass is ended.")

  static let noSuchType = Phrase(
    "{0} er ingen oplysningstype. Typer: {1}", "{0} is no information type. Types: {1}")
  static let noSuchOrganisation = Phrase(
    "Der er ingen organisation {0}. Se: kos organisation list",
    "There is no organisation {0}. See: kos organisation list")
  static let severalOrganisations = Phrase(
    "Flere passer til {0}. Brug id fra: kos organisation list",
    "Several match {0}. Use the id of: kos organisation list")
  static let noSubject = Phrase(
    "{0} er hverken et barn, en pårørende eller en person. Se: kos case show {1}",
    "{0} is neither a child nor a relative nor a person. See: kos case show {1}")
  static let needsEnd = Phrase(
    "Der mangler en slutning. Intet er gemt. Brug --until DAG eller --months N.",
    "An end is missing. Nothing was saved. Use --until DAY or --months N.")
  static let oneEnd = Phrase("Brug --until eller --months, ikke begge.", "Use --until or --months, not both.")
  static let emptyPeriod = Phrase(
    "Perioden slutter, før den begynder {0}. Intet er gemt.",
    "The period ends before it begins on {0}. Nothing was saved.")
  static let needsPurpose = Phrase(
    "Der mangler et formål. Intet er gemt. Brug --for ORD.",
    "A purpose is missing. Nothing was saved. Use --for WORD.")
  static let needsEvidence = Phrase(
    "Et samtykke skal kunne vises. Intet er gemt. Brug --evidence POST eller --evidence-text TEKST.",
    "A consent needs what shows it. Nothing was saved. Use --evidence RECORD or --evidence-text TEXT.")
  static let needsSigner = Phrase(
    "Sig, hvem: --by PERSON. Intet er gemt.", "Say who: --by PERSON. Nothing was saved.")
  static let needsOrganisation = Phrase(
    "En involveret fagperson kommer fra en organisation. Intet er gemt. Brug --organisation for {0}.",
    "An involved professional comes from an organisation. Nothing was saved. Use --organisation for {0}.")
  static let needsVoucher = Phrase(
    "Organisationen indestår ikke for {0} endnu. Intet er gemt. Brug --vouched-by PERSON.",
    "The organisation does not vouch for {0} yet. Nothing was saved. Use --vouched-by PERSON.")
  static let staffSeesAlready = Phrase(
    "{0} deltager som ansat og ser sagen uden samtykke. Intet er gemt.",
    "{0} takes part as staff and sees the case without consent. Nothing was saved.")
  static let takesNoPart = Phrase(
    "Rollen {0} deltager ikke i sager. Udelad --case.",
    "The role {0} takes part in no case. Leave out --case.")
  static let releaseWhat = Phrase(
    "Sig, hvad der frigives: --record eller --type. Intet er gemt.",
    "Say what is released: --record or --type. Nothing was saved.")
  static let withholdWhat = Phrase(
    "Sig, hvad der tilbageholdes: --record, --about eller --whole-case. Intet er gemt.",
    "Say what is withheld: --record, --about or --whole-case. Nothing was saved.")
  static let reclassifyHow = Phrase(
    "Sig hvordan: --about, --type, --audience eller --exclude. Intet er gemt.",
    "Say how: --about, --type, --audience or --exclude. Nothing was saved.")
  static let needsReason = Phrase(
    "Der mangler en begrundelse. Intet er gemt. Brug --reason.",
    "A reason is missing. Nothing was saved. Use --reason.")
  static let noGlass = Phrase(
    "Du har ingen nødadgang til sag {0}.", "You have not broken the glass of case {0}.")
  static let explainWhom = Phrase("--case og --as kræver --for PERSON.", "--case and --as need --for PERSON.")
  static let explainByStaff = Phrase(
    "Denne kopi har ikke det, der afgør adgang: det har kommunens ansatte. Spørg koordinatoren.",
    "This replica does not hold what decides on access: the municipality's staff do. Ask the coordinator.")
  static let explainWhat = Phrase(
    "Sig hvad: en post, eller --case SAG.", "Say what: a record, or --case CASE.")
}
