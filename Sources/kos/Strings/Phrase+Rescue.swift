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
  static let rescuedFiles = Phrase(
    "Af {1} {1:fil|filer} har serveren {0} hel; {2} i alt.",
    "Of {1} {1:file|files} the server has {0} whole; {2} in all.")
  static let filesNotSealed = Phrase(
    "{0} {0:fil|filer} er ikke forseglet helt: bytene kan kun sendes med adgangssætningen eller "
      + "gendannelseskoden.",
    "{0} {0:file is|files are} not sealed whole: their bytes can be sent with the passphrase or the recovery "
      + "code alone.")
  static let filesNotTaken = Phrase(
    "{0} {0:fil|filer} kom ikke helt frem ({1}). De ligger her endnu; aflevér igen, eller spørg kommunens "
      + "leder.",
    "{0} {0:file|files} did not arrive whole ({1}). They are here still; hand over again, or ask the "
      + "tenant's leader.")
  static let rescueRefused = Phrase(
    "{0} blev afvist, og {1} dele var ubrugelige ({2}). De ligger her endnu; spørg kommunens leder.",
    "{0} were refused, and {1} {1:item was|items were} good for nothing ({2}). They are here still; ask the "
      + "tenant's "
      + "leader.")
  static let sealingFailed = Phrase(
    "Arbejdet er gemt, men kunne ikke forsegles til kommunen; det sker ved næste kommando.",
    "The work is saved, but could not be sealed to the municipality; the next command does so.")
  static let replacing = Phrase(
    "Her er en anden enhed med {0} usendte stykker, hvoraf {1} er forseglet. Den flyttes til {2}. Det "
      + "forseglede afleveres med: kos rescue --home {2}",
    "There is another device here with {0} unsent pieces, {1} of them sealed. It is moved to {2}. What is "
      + "sealed is handed over by: kos rescue --home {2}")

  static let badPatience = Phrase(
    "Vælg 1 til 600 minutter. Intet er ændret.", "Choose 1 to 600 minutes. Nothing was changed.")
  static let lockedNow = Phrase(
    "Kopien er låst. Uden brug låser den selv efter {0} minutter.",
    "The replica is locked. Without use it locks by itself after {0} minutes.")
  static let locksAfter = Phrase(
    "Uden brug låser kopien efter {0} minutter.", "Without use the replica locks after {0} minutes.")
  static let opensByItself = Phrase(
    "Denne kopi åbner uden at spørge nogen; at låse den slutter kun det, der kører.",
    "This replica opens without asking anybody; to lock it ends only what runs.")
  static let unlocked = Phrase("Kopien er åben.", "The replica is open.")
  static let recovered = Phrase(
    "Kopien har en ny adgangssætning. Gendannelseskoden gælder stadig.",
    "The replica has a new passphrase. The recovery code goes on to open it.")
  static let recoveryPrompt = Phrase("Gendannelseskode", "Recovery code")
  static let lockedMeanwhile = Phrase(
    "Kopien er låst, efter kos lock eller lang tid uden brug. Intet er tabt. Se: kos unlock",
    "The replica is locked, by kos lock or since nobody used it. Nothing is lost. See: kos unlock")
  static let notPutBack = Phrase(
    "Den tidligere enhed ligger i {0}.", "The device from before lies in {0}.")
}
