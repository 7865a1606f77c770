/// Files of a case.
extension Phrase {
  static let attached = Phrase("{0} er vedhæftet sag {1} som {2}.", "{0} is attached to case {1} as {2}.")
  static let noSuchFile = Phrase(
    "Der er ingen fil {0} her. Se: kos attachment list SAG",
    "There is no file {0} here. See: kos attachment list CASE")
  static let severalFiles = Phrase(
    "Flere filer passer til {0}. Brug id'et fra kos attachment list.",
    "Several files match {0}. Use the id from kos attachment list.")
  static let sendingBytes = Phrase("{0} sendes: {1} % af {2}", "sending {0}: {1} % of {2}")
  static let fetchingBytes = Phrase("{0} hentes: {1} % af {2}", "fetching {0}: {1} % of {2}")
  static let attachmentUnsent = Phrase("ikke sendt: {0} af {1} er sendt", "not sent: {0} of {1} are sent")
  static let attachmentRefused = Phrase("afvist: {0}; den er stadig her", "refused: {0}; it is still here")
  static let attachmentSent = Phrase("sendt", "sent")
  static let attachmentAwaited = Phrase("ventes fra {0}s enhed", "awaited from {0}'s device")
  static let attachmentAvailable = Phrase("kan hentes", "can be fetched")
  static let files = Phrase("Filer", "Files")
  static let attachmentHere = Phrase("hentet", "fetched")
  static let attachments = Phrase("Filer, der ikke er sendt", "Files not sent")
  static let attachmentBacklog = Phrase("{0} ({1}), siden {2}", "{0} ({1}), since {2}")
  static let attachmentsRefused = Phrase("Filer, serveren ikke tager", "Files that the server refuses")
  static let fileWritten = Phrase("Skrevet: {0}", "Written: {0}")
  static let fileTooLarge = Phrase(
    "{0} er større end 64 MiB. Intet er gemt. Del filen, eller gør den mindre.",
    "{0} is larger than 64 MiB. Nothing was saved. Split the file, or make it smaller.")
  static let fileExists = Phrase(
    "{0} findes. Intet er skrevet. Vælg et andet navn med --out, eller brug --force.",
    "{0} is there. Nothing was written. Choose another name with --out, or use --force.")
  static let cannotWrite = Phrase(
    "{0} kan ikke skrives: {1}. Hvad der er hentet, er gemt i kopien.",
    "{0} cannot be written: {1}. What was fetched is kept in the replica.")
  static let fetchOffline = Phrase(
    "Filen er ikke hentet: {0}. Hvad der kom, er gemt; prøv igen, så fortsætter det derfra.",
    "The file was not fetched: {0}. What came is kept; try again, and it goes on from there.")
  static let fetchAwaited = Phrase(
    "Filen er ikke helt fremme endnu: den ventes fra {0}s enhed. Prøv igen senere.",
    "The file has not all arrived yet: it is awaited from {0}'s device. Try again later.")
  static let fetchRefused = Phrase(
    "Filen kan ikke hentes: {0}. Intet er skrevet.", "The file cannot be fetched: {0}. Nothing was written.")
}
