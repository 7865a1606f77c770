/// What is said of forms of a visit, and of notes that stand wrong.
extension Phrase {
  static let moveRestricted = Phrase(
    "Notatet er omklassificeret eller tilbageholdt her; skriv det på ny i den rigtige sag, og brug: "
      + "kos note entered-in-error",
    "The note is reclassified or withheld here; write it anew in the right case, and use: "
      + "kos note entered-in-error")
  static let visitRecorded = Phrase(
    "Besøget er noteret i sag {0}: {1} {1:post|poster}.",
    "The visit is recorded in case {0}: {1} {1:record|records}.")
  static let visitRecordedBefore = Phrase(
    "Det samme besøg er allerede noteret for {0}. Intet er gemt. Var der to besøg med de samme ord: --again",
    "The same visit is recorded already, for {0}. Nothing was saved. If there were two visits with the same "
      + "words: --again")
  static let visitNoHeading = Phrase(
    "Linje {0}: teksten står ikke under nogen overskrift. Intet er gemt. Begynd med f.eks. Kontakt:",
    "Line {0}: the text stands under no heading. Nothing was saved. Begin with Contact: or the like")
  static let visitMisspelt = Phrase(
    "Linje {0}: mener du {1}: ? Intet er gemt. Er det tekst, så begynd linjen med et mellemrum.",
    "Line {0}: do you mean {1}: ? Nothing was saved. If it is text, begin the line with a space.")
  static let visitTwice = Phrase(
    "Linje {0}: den overskrift har der været før. Intet er gemt.",
    "Line {0}: that heading was there before. Nothing was saved.")
  static let visitNoGoal = Phrase(
    "Linje {0}: familien har intet mål {1}. Intet er gemt. Se: kos goal list",
    "Line {0}: the family has no goal {1}. Nothing was saved. See: kos goal list")
  static let visitBadDay = Phrase(
    "Linje {0}: der står ingen dag som 2020-07-01. Intet er gemt.",
    "Line {0}: that is no day such as 2020-07-01. Nothing was saved.")
  static let visitEmptyTask = Phrase(
    "Linje {0}: opgaven siger ikke, hvad der skal gøres. Intet er gemt.",
    "Line {0}: the task does not say what is to be done. Nothing was saved.")
  static let visitEmpty = Phrase(
    "Formularen er tom: der mangler, hvad der blev sagt eller gjort, under Kontakt, Tidlig advarsel, Mål, "
      + "Opgave eller Notat. Intet er gemt.",
    "The form is empty: what was said or done is missing, under Contact, Early warning, Goal, Task or Note. "
      + "Nothing was saved.")
  static let visitTooLong = Phrase(
    "Formularen har flere end {0} linjer. Intet er gemt.",
    "The form has more than {0} lines. Nothing was saved.")

  static let visitFormIntroduction = Phrase(
    "# Besøg, sag {0}. Linjer med # tages ikke med, og tomme afsnit heller ikke.",
    "# Visit, case {0}. Lines with # are left out, and so are empty sections.")
  static let visitFormDay = Phrase("Dato", "Date")
  static let visitFormContact = Phrase("Kontakt", "Contact")
  static let visitFormWarning = Phrase("Tidlig advarsel", "Early warning")
  static let visitFormGoal = Phrase("Mål", "Goal")
  static let visitFormTask = Phrase("Opgave", "Task")
  static let visitFormTaskHelp = Phrase(
    "# hvad | senest, som 2020-07-01 | hvem (gerne flere opgaver)",
    "# what | by when, as 2020-07-01 | who (several tasks are fine)")
  static let visitFormNote = Phrase("Notat", "Note")

  static let sameCase = Phrase(
    "Notatet står allerede i den sag. Intet er ændret.",
    "The note stands in that case already. Nothing was changed.")
  static let needsGovernor = Phrase(
    "Det gør sagens koordinator, eller en leder, der deltager i den. Intet er ændret.",
    "The case's coordinator does so, or a leader who takes part in it. Nothing was changed.")
  static let noteMoved = Phrase("Notatet står nu i sag {0}.", "The note stands in case {0} now.")
  static let noteClosed = Phrase(
    "Det gamle er lukket for alle andre end {0}; enheder, der har det, sletter det ved næste forbindelse.",
    "The old one is closed to all but {0}; devices that hold it wipe it at their next contact.")
  static let filesClosedToo = Phrase(
    "{0} {0:fil|filer}, der hører til det, er lukket på samme måde og ikke flyttet.",
    "{0} {0:file|files} that belong to it are closed in the same way, and were not moved.")
}
