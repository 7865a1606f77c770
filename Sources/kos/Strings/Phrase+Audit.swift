/// What is said where all of the logs of knowing is read.
extension Phrase {
  static let auditing = Phrase("Læser loggene: {0} % af {1} rækker", "Reading the logs: {0}% of {1} rows")
  static let auditedLog = Phrase(
    "{0}: {1} rækker, som de blev underskrevet {2}; {3} underskrevne udgaver holdt op mod dem. Fyld: {4}. "
      + "Uden indhold, fordi noget er slettet: {5}.",
    "{0}: {1} rows, as they were signed on {2}; {3} signed states were held against them. Padding: {4}. "
      + "Without what they said, since something was erased: {5}.")
  static let auditFault = Phrase("{0}, plads {1} til {2}: {3}", "{0}, places {1} to {2}: {3}")
  static let auditMore = Phrase("{0}: og {1} fejl mere", "{0}: and {1} faults more")
  static let auditAlteredRow = Phrase(
    "rækken er ikke den, der blev skrevet", "the row is not the one that was written")
  static let auditAlteredRows = Phrase(
    "en eller flere rækker er rettet, fjernet, indsat eller flyttet efter underskriften",
    "one or more rows were edited, removed, added or moved after they were signed")
  static let auditMissingRows = Phrase(
    "rækkerne er underskrevet og er der ikke", "these rows were signed and are not there")
  static let auditBadCheckpoint = Phrase(
    "serveren gemmer en udgave, som kommunen ikke har underskrevet",
    "the server keeps a state that the municipality has not signed")
  static let auditBroken = Phrase(
    "Loggene er ikke, som de blev underskrevet: se ovenfor. Rækkerne før det første sted holder.",
    "The logs are not as they were signed: see above. The rows before the first place hold.")
  static let auditNotShown = Phrase(
    "{0}: serveren viser den ikke, og den fører altid begge logge",
    "{0}: the server does not show it, and it always keeps both logs")
  static let auditBrokenOff = Phrase(
    "Loggene blev ikke læst til ende. {0}", "The logs were not read to their end. {0}")
  static let auditContradicted = Phrase(
    "Rækkerne er, som de blev underskrevet, men en log er ikke den, som denne enhed kender: se ovenfor.",
    "The rows are as they were signed, but a log is not the one that this device knows: see above.")
  static let auditWhen = Phrase("hvornår", "when")
  static let auditWho = Phrase("hvem", "who")
  static let auditWhat = Phrase("hvad", "what")
  static let auditRecord = Phrase("dokument", "record")
  static let auditWhy = Phrase("hvorfor", "why")
  static let auditNobody = Phrase("(slettet)", "(erased)")
}
