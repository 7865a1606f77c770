/// What is said of the logs of knowing.
extension Phrase {
  static let logOfDelivered = Phrase("Loggen over, hvem der har fået hvad", "The log of who was sent what")
  static let logOfOpened = Phrase("Loggen over, hvem der har åbnet hvad", "The log of who opened what")
  static let logFinding = Phrase(
    "{0} er ikke den, som denne enhed kender: {1} ({2}). Vis det til lederen og til "
      + "databeskyttelsesrådgiveren; arbejdet kan gå videre imens. "
      + "Når det er forklaret: kos knowing-log accept.",
    "{0} is not the one that this device knows: {1} ({2}). Show this to the leader and to the data "
      + "protection officer; work can go on meanwhile. Once it is explained: kos knowing-log accept.")
  static let logReplaced = Phrase(
    "serveren har begyndt en anden, og den gamle er sluppet",
    "the server began another, and let go of the old one")
  static let logSplit = Phrase(
    "serveren har underskrevet to forskellige udgaver af den",
    "the server signed two different versions of it")
  static let logRolledBack = Phrase("den er kortere, end den var", "it is shorter than it was")
  static let logUnproven = Phrase(
    "rækker er rettet, fjernet eller flyttet, eller serveren viser to historier",
    "rows were edited, removed or moved, or the server shows two histories")
  static let logRowDropped = Phrase(
    "noget, som er åbnet på denne enhed, og som serveren har taget imod, står der ikke",
    "something that was opened on this device, and that the server took in, is not in it")
  static let logStands = Phrase("{0}: {1} rækker, underskrevet {2}", "{0}: {1} rows, signed {2}")
  static let logUnknown = Phrase("{0}: intet set endnu", "{0}: nothing seen yet")
  static let logSettled = Phrase("accepteret {1}: {0}", "accepted {1}: {0}")
  static let logNothingFound = Phrase(
    "{0} er den, som denne enhed kender: der er intet at acceptere.",
    "{0} is the one that this device knows: there is nothing to accept.")
  static let logAccepted = Phrase(
    "Enheden går videre med det, som serveren viser. {0} er den, som den kender fra nu af.",
    "This device goes on with what the server shows. {0} is the one that it knows from now on.")
  static let noExport = Phrase(
    "{0} er ikke en fil fra kos export eller kos knowing-log show --json.",
    "{0} is not a file from kos export or kos knowing-log show --json.")
  static let exportEmpty = Phrase(
    "{0} har intet, som kommunen har underskrevet, og ingen hændelser: der er intet at holde op mod noget.",
    "{0} has nothing that the municipality has signed, and no events: there is nothing to hold against "
      + "anything.")
  static let exportHolds = Phrase(
    "{0} hændelser: hver står i en log, som kommunen har underskrevet.",
    "{0} events: each stands in a log that the municipality has signed.")
  static let exportForeign = Phrase(
    "Filen har en log, som kommunen ikke har underskrevet.",
    "The file has a log that the municipality has not signed.")
  static let exportSplit = Phrase(
    "Kommunen har underskrevet to forskellige udgaver af loggen: filens og den, som denne enhed kender.",
    "The municipality has signed two different versions of the log: the file's, and the one that this device "
      + "knows.")
  static let exportReplaced = Phrase(
    "Filens log er ikke den, som kommunen fører nu: den er begyndt forfra imellem.",
    "The file's log is not the one that the municipality keeps now: it began anew in between.")
  static let exportUnproven = Phrase(
    "{0} hændelser i filen står ikke i nogen log, som kommunen har underskrevet.",
    "{0} events in the file stand in no log that the municipality has signed.")
  static let exportTwoHistories = Phrase(
    "Filens log og den, som denne enhed kender, er ikke den samme historie, og serveren kan ikke vise andet.",
    "The file's log and the one that this device knows are not one history, and the server cannot show "
      + "otherwise.")
  static let logsAgree = Phrase(
    "{0} underskrevne udgaver i filen: hver er af den log, som denne enhed kender.",
    "{0} signed states in the file: each is of the log that this device knows.")
  static let logsNotCompared = Phrase(
    "Hvad der ligger mellem filens log og den, som denne enhed kender, kunne ikke bevises: serveren "
      + "svarede ikke, afviste det, eller viser intet til denne enhed ({0}). Det, der kunne ses uden den, "
      + "passer. Prøv igen, når der er forbindelse; bliver det ved, så vis det til lederen.",
    "What lies between the file's log and the one that this device knows could not be proved: the server "
      + "did not answer, refused, or shows this device nothing ({0}). What could be seen without it holds. "
      + "Try again once there is a connection; if it goes on like that, show it to the leader.")
  static let restNotCompared = Phrase(
    "{0} underskrevne udgaver i filen kunne hverken bevises eller afvises ({1}).",
    "{0} signed states in the file could be neither proved nor refuted ({1}).")
  static let bothKept = Phrase(
    "Begge underskrifter er gemt som bevis: kos knowing-log show --json.",
    "Both signatures are kept as evidence: kos knowing-log show --json.")
  static let logForeign = Phrase(
    "den er ikke underskrevet af kommunen", "it is not signed by the municipality")
}
