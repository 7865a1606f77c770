/// What is kept for the tenant alone, and handing it over.
extension Phrase {
  static let rescuing = Phrase("{0} af {1} afleveret", "{0} of {1} handed over")
  static let nothingToRescue = Phrase(
    "Der er intet at aflevere her: intet eget arbejde er forseglet til kommunen.",
    "There is nothing to hand over here: no own work is sealed to the municipality.")
  static let rescued = Phrase(
    "Afleveret: {0} antaget, heraf {1} kendt i forvejen; {2} venter på en person, {3} afvist. Intet er "
      + "ændret her, og intet kommer frem to gange.",
    "Handed over: {0} accepted, {1} of them known before; {2} wait for a person, {3} refused. Nothing was "
      + "changed here, and nothing arrives twice.")
  static let notSealed = Phrase(
    "{0} usendte stykker er ikke forseglet, og kan kun sendes med adgangssætningen eller gendannelseskoden.",
    "{0} unsent pieces are not sealed, and can be sent with the passphrase or the recovery code alone.")
  static let rescueRefused = Phrase(
    "{0} blev afvist, og {1} dele var ubrugelige ({2}). De ligger her endnu; spørg kommunens leder.",
    "{0} were refused, and {1} items were good for nothing ({2}). They are here still; ask the tenant's "
      + "leader.")
  static let sealingFailed = Phrase(
    "Arbejdet er gemt, men kunne ikke forsegles til kommunen; det sker ved næste kommando.",
    "The work is saved, but could not be sealed to the municipality; the next command does so.")
  static let replacing = Phrase(
    "Her er en anden enhed med {0} usendte stykker, hvoraf {1} er forseglet. Den flyttes til {2}. Det "
      + "forseglede afleveres med: kos rescue --home {2}",
    "There is another device here with {0} unsent pieces, {1} of them sealed. It is moved to {2}. What is "
      + "sealed is handed over by: kos rescue --home {2}")
}
