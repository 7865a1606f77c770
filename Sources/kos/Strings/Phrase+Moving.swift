/// Cases that go to another municipality, and come from one.
extension Phrase {
  static let noCard = Phrase(
    "Det er ikke et kort. Modtagerens drift skriver det med kosd card. Intet er gemt.",
    "That is no card. Those who run the receiving server print it with kosd card. Nothing was saved.")
  static let ownCard = Phrase(
    "Det er jeres eget kort. Intet er gemt.", "That is your own card. Nothing was saved.")
  static let moveWhy = Phrase(
    "Det kræver en grund på skrift (--ground). Intet er gemt.",
    "It needs a ground in writing (--ground). Nothing was saved.")
  static let moveWhat = Phrase(
    "Der er ingen sag at flytte, eller den flytter allerede. Intet er gemt.",
    "There is no case to move, or it moves already. Nothing was saved.")
  static let moveBack = Phrase(
    "{0} har været hos {1} før. En sag kan ikke flyttes tilbage med sin historie til en kommune, som har "
      + "haft den. Intet er gemt.",
    "{0} was at {1} before. A case cannot be moved back with its history to a municipality that has had it. "
      + "Nothing was saved.")
  static let comparesCard = Phrase(
    "Til {0}. Sammenlign med dem ad en anden vej: {1}", "To {0}. Compare with them by another way: {1}")
  static let wouldMove = Phrase(
    "{0} {0:sag|sager} ville blive foreslået flyttet. Intet er gemt.",
    "{0} {0:case|cases} would be proposed to move. Nothing was saved.")
  static let moveProposed = Phrase(
    "{0} {0:sag|sager} er foreslået flyttet. Intet sker, før en leder mere bekræfter: kos transfer confirm.",
    "{0} {0:case is|cases are} proposed to move. Nothing happens before a second leader confirms: kos "
      + "transfer confirm.")
  static let nothingToConfirm = Phrase(
    "Der er intet, som venter på det. Intet er gemt.", "Nothing waits for that. Nothing was saved.")
  static let wouldMoveAway = Phrase(
    "{0} {0:sag|sager} ville ikke kunne læses her mere. Intet er gemt.",
    "{0} {0:case|cases} would be read here no more. Nothing was saved.")
  static let movedAway = Phrase(
    "{0} {0:sag|sager} flytter: når serveren har det, læser ingen her dem mere, og hver enhed sletter sine "
      + "kopier, "
      + "når den næste gang får forbindelse. Den, der driver serveren, skriver dem til modtageren: kosd "
      + "transfer send.",
    "{0} {0:case moves|cases move}: once the server has this nobody here reads them, and each device wipes "
      + "its copies the "
      + "next time it connects. Whoever runs the server writes them for the receiver: kosd transfer send.")
  static let nothingArrived = Phrase(
    "Intet fra en anden kommune venter på en bekræftelse.",
    "Nothing from another municipality waits for a confirmation.")
  static let wouldConfirm = Phrase(
    "{0} {0:post|poster} ville komme til at gælde her. Intet er gemt.",
    "{0} {0:record|records} would come to hold here. Nothing was saved.")
  static let arrivalConfirmed = Phrase(
    "{0} {0:post|poster} gælder nu også her.", "{0} {0:record holds|records hold} here too from now on.")
}
