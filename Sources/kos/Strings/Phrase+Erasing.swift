/// Erasing.
extension Phrase {
  static let eraseWhat = Phrase(
    "Sig, hvad der skal slettes. Intet er gemt. Brug: kos erasure add SAG --record POST --ground ... eller "
      + "kos erasure add --person NAVN --ground ...",
    "Say what is to be erased. Nothing was saved. Use: kos erasure add CASE --record RECORD --ground ... or "
      + "kos erasure add --person NAME --ground ...")
  static let eraseWhy = Phrase(
    "Det kræver en grund på skrift (--ground) eller arkivets kvittering (--archived). Intet er gemt.",
    "It needs a ground in writing (--ground) or the archive's receipt (--archived). Nothing was saved.")
  static let erasesNoRights = Phrase(
    "Hvad der giver og tager adgang, slettes ikke ({0}). Intet er gemt.",
    "What gives and takes access is not erased ({0}). Nothing was saved.")
  static let eraseCaseOrRegister = Phrase(
    "Personer og organisationer er i registret og ikke i en sag: udelad sagen, eller vælg poster i den. "
      + "Intet er gemt.",
    "Persons and organisations are of the register and of no case: leave the case out, or choose records of "
      + "it. Nothing was saved.")
  static let eraseWhich = Phrase(
    "Sig sagen og nummeret, eller --register med nummeret. Intet er gemt. Se: kos erasure list SAG, "
      + "kos erasure list --register",
    "Say the case and the number, or --register with the number. Nothing was saved. See: "
      + "kos erasure list CASE, kos erasure list --register")
  static let eraseListWhich = Phrase(
    "Sig sagen eller --register, ikke begge dele.", "Say the case or --register, not both.")
  static let erasesNoWorkflow = Phrase(
    "Et sagsflow slettes ikke: sager følger det. Intet er gemt.",
    "A workflow is not erased: cases follow it. Nothing was saved.")
  static let erasesNotYou = Phrase(
    "Du har selv en konto og slettes ikke, så længe du har den. Intet er gemt.",
    "You have an account yourself and are not erased as long as you do. Nothing was saved.")
  static let erasesNobodyNamed = Phrase(
    "{0} slettes ikke, så længe noget, der gælder, nævner den: {1}. Afslut det først. Intet er gemt.",
    "{0} is not erased as long as something that counts names it: {1}. End that first. Nothing was saved.")
  static let erasesFromAll = Phrase(
    "Læses nu af alle ansatte.", "Read now by all staff.")
  static let erasesNameOnly = Phrase(
    "Det, der nævner den, bliver stående med et nummer og uden navn. Serveren afviser det, så længe personen "
      + "har en konto (kos people end), eller noget, der gælder, nævner den, også hvor du ikke ser det.",
    "What names it stays, with a number and without a name. The server refuses it as long as the person has "
      + "an account (kos people end), or something that counts names it, also where you do not see that.")
  static let awaitsSecondInRegister = Phrase(
    "Intet slettes, før en leder mere bekræfter: kos erasure confirm --register {0}.",
    "Nothing is erased before a second leader confirms: kos erasure confirm --register {0}.")
  static let erasedPerson = Phrase("slettet person", "erased person")
  static let erasedEntry = Phrase("slettet fra registret", "erased from the register")
  static let redactWhat = Phrase(
    "Teksten er den samme; intet er overstreget, og intet er gemt.",
    "The text is the same; nothing was taken out, and nothing was saved.")
  static let redactOnline = Phrase(
    "Det gøres med forbindelse, så alt, der begrænser notatet, følger med.",
    "That is done with a connection, so that all that restricts the note goes along.")
  static let restrictsNoRights = Phrase(
    "Hvad der giver og tager adgang, begrænses ikke ({0}).",
    "What gives and takes access is not restricted ({0}).")
  static let readersNow = Phrase("Læses nu af: {0}.", "Read now by: {0}.")
  static let wouldPropose = Phrase(
    "{0} {0:post|poster} ville blive foreslået slettet. Intet er gemt.",
    "{0} {0:record|records} would be proposed for erasure. Nothing was saved.")
  static let awaitsSecond = Phrase(
    "Intet slettes, før en leder mere bekræfter: kos erasure confirm.",
    "Nothing is erased before a second leader confirms: kos erasure confirm.")
  static let wouldErase = Phrase(
    "{0} {0:post|poster} ville blive slettet for altid. Intet er gemt.",
    "{0} {0:record|records} would be erased for good. Nothing was saved.")
  static let erasesUnseen = Phrase(
    "{0} {0:post|poster} er ikke i denne kopi, og hvem der læser {0:den|dem}, kan ikke ses her. I sagen "
      + "deltager: {1}.",
    "{0} {0:record is|records are} not in this replica, and who reads {0:it|them} cannot be told here. Those "
      + "who take part in the case: {1}.")
  static let erasesUnseenOfRegister = Phrase(
    "{0} af dem er ikke i denne kopi.", "{0} of them are not in this replica.")
  static let erasureConfirmed = Phrase(
    "{0} {0:post|poster} slettes: når serveren har det, er nøglerne væk, og hver enhed sletter sine kopier, "
      + "når den "
      + "næste gang får forbindelse. Hvornår den sidste sikkerhedskopi af nøglerne er væk, siger den, der "
      + "driver serveren: kosd keys erased.",
    "{0} {0:record is|records are} erased: once the server has this their keys are gone, and each device "
      + "wipes its copies "
      + "the next time it connects. When the last backup of the keys is gone, whoever runs the server can "
      + "say: kosd keys erased.")
}
