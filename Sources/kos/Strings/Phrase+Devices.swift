/// Devices, the people whose access one may end, and what this device may still do.
extension Phrase {
  static let accessEnded = Phrase(
    "Denne enheds adgang er ophørt {1}: {0}. Det, den havde modtaget, er slettet her; {2} stykker af dit "
      + "eget arbejde er bevaret, forseglet til kommunen. {3} venter på at blive afleveret: kos sync. "
      + "Tilmeld igen i en anden mappe (--home).",
    "The access of this device ended on {1}: {0}. What it had received is wiped here; {2} pieces of your own "
      + "work are kept, sealed to the municipality. {3} wait to be handed over: kos sync. Enroll again in "
      + "another directory (--home).")
  static let accessEndedShort = Phrase(
    "Denne enheds adgang er ophørt. Intet er ændret. Se: kos status",
    "The access of this device has ended. Nothing was changed. See: kos status")
  static let leaseOver = Phrase(
    "Enheden har ikke nået serveren længe nok og viser intet før næste forbindelse (frist {0}). Intet er "
      + "tabt: du kan stadig skrive, og kos sync åbner igen.",
    "This device has not reached the server for too long and shows nothing until the next contact (it could "
      + "until {0}). Nothing is lost: you can still write, and kos sync opens it again.")
  static let shownUntil = Phrase("Vises til", "Shown until")
  static let withoutEnd = Phrase("uden frist", "without end")
  static let leaseIsOver = Phrase("{0}, overskredet: kos sync", "{0}, which is over: kos sync")

  static let revocationReason = Phrase(
    "Hvorfor: replaced (udskiftet), stolen (stjålet, mistet), left (stoppet; kun andres).",
    "Why: replaced, stolen (or lost), left (does not work here any more; of others only).")
  static let endReason = Phrase(
    "Hvorfor: left (stoppet) eller stolen (stjålet, i andres hænder).",
    "Why: left (does not work here any more) or stolen (in other hands).")
  static let noSuchReason = Phrase(
    "{0} er ingen grund. Intet er ændret. Vælg: {1}", "{0} is no reason. Nothing was changed. Choose: {1}")
  static let notARemoval = Phrase(
    "Intet er ændret: enheden findes ikke for dig, grunden kan du ikke give, eller kommunen ville stå uden "
      + "leder. Egne enheder: replaced, stolen. Andres, hvis du må: left, stolen.",
    "Nothing was changed: the device is not there for you, the reason is not yours to give, or the tenant "
      + "would be without a leader. Own devices: replaced, stolen. Others', where you may: left, stolen.")
  static let noSuchDevice = Phrase(
    "Der er ingen enhed {0}. Se: kos device list", "There is no device {0}. See: kos device list")
  static let severalDevices = Phrase(
    "Flere enheder passer til {0}. Brug id fra: kos device list",
    "Several devices match {0}. Use the id of: kos device list")
  static let notAmongYours = Phrase(
    "{0} er ikke blandt dem, hvis adgang du kan afslutte. Se: kos people",
    "{0} is not among those whose access you may end. See: kos people")
  static let severalPeople = Phrase(
    "Flere passer til {0}. Brug id fra: kos people", "Several match {0}. Use the id of: kos people")
  static let deviceRevoked = Phrase(
    "Adgangen er ophørt for {0}. Den sletter, hvad den har, næste gang den forbinder.",
    "The access of {0} has ended. It wipes what it has when it connects next.")
  static let deviceWasRevoked = Phrase(
    "Adgangen var allerede ophørt for {0}.", "The access of {0} had ended before.")
  static let personEnded = Phrase(
    "{0} har ikke længere adgang; {1} {1:enhed|enheder} er lukket. Sagerne bliver, hvor de er: giv dem "
      + "videre med "
      + "kos people hand-over.",
    "{0} has no access any more; {1} {1:device is|devices are} closed. Cases stay where they are: hand them "
      + "over with "
      + "kos people hand-over.")
  static let casesHandedOver = Phrase(
    "{0} {0:sag|sager} er givet videre fra {1} til {2}.",
    "{0} {0:case is|cases are} handed over from {1} to {2}.")
  static let wouldHandOver = Phrase(
    "{0} {0:sag|sager} ville gå fra {1} til {2}. Intet er ændret.",
    "{0} {0:case|cases} would go from {1} to {2}. Nothing was changed.")
  static let handOverToSame = Phrase(
    "Det er den samme person. Intet er ændret.", "That is the same person. Nothing was changed.")
  static let nothingToHandOver = Phrase(
    "{0} deltager ikke i nogen sag, som du kan se.", "{0} takes part in no case that you can see.")
  static let openUpdatesOf = Phrase("åbne underretninger: {0}", "open updates: {0}")
  static let thisDevice = Phrase("denne", "this one")
  static let deviceSince = Phrase("siden {0}", "since {0}")
  static let deviceLastSeen = Phrase("sidst {0}", "last {0}")
  static let deviceWaits = Phrase(
    "Enheden {1} af {0} venter på at blive bekræftet. Tal med {0}, og skriv "
      + "cifrene: kos device confirm CIFRE --of NAVN",
    "The device {1} of {0} waits to be confirmed. Speak with {0}, and type the "
      + "digits: kos device confirm DIGITS --of NAME")
  static let devicesUnconfirmed = Phrase(
    "{0} ikke {0:bekræftet|bekræftede}", "{0} not confirmed")
  static let notConfirmed = Phrase("ikke bekræftet", "not confirmed")
  static let endedOn = Phrase("ophørt {0}: {1}", "ended {0}: {1}")
  static let hasEnded = Phrase("ophørt", "ended")
  static let deviceCount = Phrase("{0} {0:enhed|enheder}", "{0} {0:device|devices}")
}
