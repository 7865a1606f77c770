/// Taking back the last act.
extension Phrase {
  static let undone = Phrase("Taget tilbage: {0}.", "Taken back: {0}.")
  static let wouldUndo = Phrase(
    "Det ville blive taget tilbage, skrevet {0}:", "This would be taken back, written {0}:")
  static let redone = Phrase("Gælder igen: {0}.", "Stands again: {0}.")
  static let wouldRedo = Phrase(
    "Det blev taget tilbage {0} og ville gælde igen; intet er ændret:",
    "This was taken back at {0} and would stand again; nothing was changed:")
  static let nothingToRedo = Phrase(
    "Der er intet, som blev taget tilbage og kan gælde igen.",
    "There is nothing that was taken back and could stand again.")
  static let nothingToUndo = Phrase(
    "Der er intet af dit at tage tilbage her.", "There is nothing of yours to take back here.")
  static let undoGoverned = Phrase(
    "Det seneste ({0}) giver eller tager ret, eller er truffet: det afsluttes med sin egen kommando, fx kos "
      + "consent withdraw, participant end. Intet er ændret. Det før det: kos undo --skip; alle: kos undo "
      + "--list",
    "The last act ({0}) gives or takes rights, or was issued: it is ended by a command of its own, such as "
      + "kos consent withdraw, participant end. Nothing was changed. What came before it: kos undo --skip; "
      + "all: kos undo --list")
  static let undoSent = Phrase(
    "Det seneste ({0}) er sendt til andre og ændres ikke. Intet er ændret. Det før det: kos undo --skip; "
      + "alle: kos undo --list",
    "The last act ({0}) was sent to others and is not changed. Nothing was changed. What came before it: "
      + "kos undo --skip; all: kos undo --list")
  static let undoOpened = Phrase(
    "Det seneste ({0}) åbnede en sag, og en sag tages ikke tilbage. Skulle den ikke have været åbnet, så luk "
      + "den: kos case close SAG --reason TEKST. Det, der er skrevet i den ved en fejl, foreslår du slettet: "
      + "kos erasure add SAG --record POST --ground TEKST. Intet er ændret. Det før det: kos undo --skip; "
      + "alle: kos undo --list",
    "The last act ({0}) opened a case, and a case is not taken back. If it should not have been opened, "
      + "close it: kos case close CASE --reason TEXT. What was written in it by mistake you propose to "
      + "erase: kos erasure add CASE --record RECORD --ground TEXT. Nothing was changed. What came before "
      + "it: kos undo --skip; all: kos undo --list")
  static let undoWrittenOn = Phrase(
    "Nogen har skrevet videre i det siden ({0}). Ret det selv, eller gå forbi det: kos undo --skip. Intet er "
      + "ændret.",
    "Somebody has written on in it since ({0}). Edit it yourself, or pass over it: kos undo --skip. Nothing "
      + "was changed.")
  static let undoNamed = Phrase(
    "Det seneste ({0}) skrev noget ned, som andet nævner, eller en person, der kan være inviteret. "
      + "Ret det, fx kos person change, organisation change, eller få det slettet: kos erasure add. Intet "
      + "er ændret. Det før det: kos undo --skip; alle: kos undo --list",
    "The last act ({0}) wrote down what something else names, or a person, who may have been invited. Put it "
      + "right, such as by kos person change, organisation change, or have it erased: kos erasure add. "
      + "Nothing was changed. What came before it: kos undo --skip; all: kos undo --list")
  static let undoUnsent = Phrase(
    "Mere usendt arbejde ligger oven på ({0}): brug kos sync, og prøv igen. Intet er ændret.",
    "More unsent work lies upon it ({0}): use kos sync and try again. Nothing was changed.")
  static let undoNothingLeft = Phrase(
    "Af det seneste ({0}) står intet mere at tage tilbage. Gå forbi det: kos undo --skip. Intet er ændret.",
    "Of the last act ({0}) nothing is left to take back. Pass over it: kos undo --skip. Nothing was "
      + "changed.")
  static let undoTakenAway = Phrase(
    "Det seneste ({0}) tog et notat fra dem, der ikke skulle have det; kos undo giver dem det ikke igen. "
      + "Intet er ændret. Hører det til et andet sted: kos note move, eller skriv det igen med kos note add. "
      + "Det før det: kos undo --skip; alle: kos undo --list",
    "The last act ({0}) took a note from those who were not to have it; kos undo does not give it to them "
      + "again. Nothing was changed. If it belongs elsewhere: kos note move, or write it again by kos note "
      + "add. What came before it: kos undo --skip; all: kos undo --list")
  static let redoWrittenOn = Phrase(
    "Der er skrevet i det, siden det blev taget tilbage ({0}): det, der står nu, bliver stående. Intet er "
      + "ændret.",
    "It was written in since it was taken back ({0}): what stands now is kept. Nothing was changed.")
  static let undoLeft = Phrase("bliver stående", "is kept")
  static let undoPassed = Phrase("Gået forbi: {0}.", "Passed over: {0}.")
  static let undoOneWay = Phrase(
    "Brug kun ét af --redo, --skip, --list og et nummer.",
    "Use only one of --redo, --skip, --list and a number.")
  static let undoNeverGoverned = Phrase(
    "tages ikke tilbage: det afsluttes med sin egen kommando",
    "is not taken back: it is ended by a command of its own")
  static let undoNeverOpened = Phrase(
    "tages ikke tilbage: det åbnede en sag, som lukkes med kos case close",
    "is not taken back: it opened a case, which is closed by kos case close")
  static let undoNeverSent = Phrase(
    "tages ikke tilbage: det er sendt til andre", "is not taken back: it was sent to others")
  static let undoNeverTakenAway = Phrase(
    "tages ikke tilbage: det tog et notat fra dem, der ikke skulle have det",
    "is not taken back: it took a note from those who were not to have it")
  static let undoListHint = Phrase(
    "Ét af dem tages tilbage med kos undo NUMMER.", "One of them is taken back by kos undo NUMBER.")
  static let andMore = Phrase("og {0} {0:post|poster} til", "and {0} more {0:record|records}")
}
