/// Bundles: files that are carried where there is no network.
extension Phrase {
  static let bundleWritten = Phrase(
    "Skrevet: {0}, {1}, med {2} {2:handling|handlinger} ({3} {3:ændring|ændringer}), der ikke er sendt.",
    "Written: {0}, {1}, with {2} {2:act|acts} ({3} {3:change|changes}) that are not sent.")
  static let bundleCarry = Phrase(
    "Bær den til serverens maskine: kosd bundle take {0} --data MAPPE --reply SVAR. Bær svaret tilbage, og "
      + "brug: kos bundle take SVAR",
    "Carry it to the server's machine: kosd bundle take {0} --data DIR --reply REPLY. Carry the reply back, "
      + "and use: kos bundle take REPLY")
  static let bundleWithoutFiles = Phrase(
    "{0} vedhæftede filers bytes er ikke med: de sendes, når serveren kan nås.",
    "The bytes of {0} attachments are not in it: they are sent once the server is reached.")
  static let bundleTaken = Phrase(
    "Taget ind: {0} {0:handling|handlinger} er godtaget, {1} afvist; {2} {2:post|poster} er ændret her.",
    "Taken in: {0} {0:act is|acts are} accepted, {1} refused; {2} {2:record|records} moved here.")
  static let bundleTakenBefore = Phrase(
    "Pakken er taget ind før. Intet er ændret.", "The bundle was taken in before. Nothing was changed.")
  static let bundleOlder = Phrase(
    "Pakken går ud fra en tidligere tilstand end den her: {0} {0:handling|handlinger} er godtaget, {1} "
      + "afvist, og resten "
      + "er ikke taget ind. Intet er tabt. Udveksl over nettet, eller skriv en ny pakke: kos bundle write "
      + "FIL",
    "The bundle goes on from an earlier state than the one here: {0} {0:act is|acts are} accepted, {1} "
      + "refused, and the "
      + "rest was not taken in. Nothing is lost. Exchange over the network, or write a new bundle: kos "
      + "bundle write FILE")
  static let bundleStillUnsent = Phrase(
    "{0} {0:handling|handlinger} har endnu ingen afgørelse; den ældste er fra {1}.",
    "{0} {0:act has|acts have} no verdict yet; the oldest is from {1}.")
  static let bundleAllSent = Phrase(
    "Alt, der er skrevet her, har serverens afgørelse.", "All that was written here has the server's verdict."
  )
  static let writingBundle = Phrase(
    "skriver {0} % af {1} {1:handling|handlinger}",
    "writing {0} % of {1} {1:act|acts}")
  static let takingBundle = Phrase("tager {0} % af {1} ind", "taking in {0} % of {1}")

  static let bundleMissing = Phrase("{0} findes ikke.", "There is no {0}.")
  static let bundleExists = Phrase(
    "{0} findes. Intet er skrevet. Vælg et andet navn.",
    "{0} is there. Nothing was written. Choose another name.")
  static let bundleNotAccessible = Phrase(
    "{0} kan ikke læses eller skrives. Intet er ændret. Se efter rettigheder og mappen.",
    "{0} cannot be read or written. Nothing was changed. Look at its mode and the folder.")
  static let bundleForeign = Phrase(
    "{0} er ingen pakke. Intet er ændret.", "{0} is no bundle. Nothing was changed.")
  static let bundleNewer = Phrase(
    "{0} er skrevet af en nyere version. Intet er ændret. Opdater kos.",
    "A newer version wrote {0}. Nothing was changed. Update kos.")
  static let bundleWrongKind = Phrase(
    "{0} er på vej til serveren og skal tages ind dér: kosd bundle take. Intet er ændret.",
    "{0} is on its way to the server and is taken in there: kosd bundle take. Nothing was changed.")
  static let bundleOtherTenant = Phrase(
    "{0} er fra en anden kommune. Intet er ændret.", "{0} is another municipality's. Nothing was changed.")
  static let bundleOtherDevice = Phrase(
    "{0} er til en anden enhed, eller til denne fra før en gendannelse. Intet er ændret.",
    "{0} is for another device, or for this one from before a restore. Nothing was changed.")
  static let bundleDamaged = Phrase(
    "{0} er beskadiget fra byte {1}. Intet er ændret. Kopier den igen, eller tag den oprindelige pakke ind "
      + "på serveren igen; det skader ikke.",
    "{0} is damaged from byte {1} on. Nothing was changed. Copy it again, or take the original bundle in at "
      + "the server again; it does no harm.")
  static let bundleDiskFull = Phrase(
    "Disken er fuld. Intet er tabt. Gør plads, og prøv igen.",
    "The disk is full. Nothing was lost. Make room and try again.")
  static let bundleDiskFailed = Phrase(
    "Disken fejler ved {0}. Intet er tabt.", "The disk fails at {0}. Nothing was lost.")
  static let bundleNoKey = Phrase(
    "Enheden kender endnu ikke kommunens nøgle til pakker. Intet er skrevet. Den skal forbindes "
      + "én gang: kos sync",
    "The device does not know the municipality's key for bundles yet. Nothing was written. It must connect "
      + "once: kos sync")
  static let bundleConnected = Phrase(
    "En anden kos på denne maskine udveksler med serveren. Intet er ændret. Brug nettet, eller stop "
      + "kos watch.",
    "Another kos on this machine exchanges with the server. Nothing was changed. Use the network, or stop "
      + "kos watch.")
  static let bundleNeedsSession = Phrase(
    "Enheden eller serveren er gendannet ({0}). Intet er ændret, og intet er tabt. Det bringes i orden af en "
      + "forbindelse: kos sync",
    "This device or the server was restored ({0}). Nothing was changed, and nothing is lost. A connection "
      + "sets it right: kos sync")
}
