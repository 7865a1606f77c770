/// Status meetings and their agendas.
extension Phrase {
  static let agendaSince = Phrase("Siden statusmødet {0}:", "Since the status meeting {0}:")
  static let agendaFromStart = Phrase("Før det første statusmøde:", "Before the first status meeting:")
  static let agendaEmpty = Phrase(
    "Der er ikke sket en udvikling i nogen sag.", "Nothing has developed in any case.")
  static let nextMeetingCalled = Phrase("Næste statusmøde: {0}.", "The next status meeting: {0}.")
  static let nextMeetingProposed = Phrase(
    "Næste statusmøde er ikke fastsat; forslag {0}. Brug: kos status-meeting plan",
    "The next status meeting is not set; proposal {0}. Use: kos status-meeting plan")
  static let withoutOutcome = Phrase("uden udfald", "without an outcome")
  static let meetingPlanned = Phrase("Statusmødet er fastsat til {0}.", "The status meeting is set for {0}.")
  static let meetingHeld = Phrase(
    "Statusmødet {0} er noteret: {1} {1:sag|sager} på dagsordenen, {2} uden udfald.",
    "The status meeting {0} is recorded: {1} {1:case|cases} on the agenda, {2} without an outcome.")
  static let meetingHeldBefore = Phrase(
    "Statusmødet {0} er allerede noteret ({1}). Intet er gemt. Mangler en sags udfald: kos agenda item. "
      + "Er det noteret ved en fejl, og har ingen skrevet videre i det, tager den, der skrev det, det "
      + "tilbage: kos undo --list",
    "The status meeting {0} is recorded already ({1}). Nothing was saved. If a case lacks its outcome: "
      + "kos agenda item. If it was recorded by mistake and nobody has written on in it, its writer takes it "
      + "back: kos undo --list")
  static let itemsNotWritten = Phrase(
    "{0} af dem er ikke skrevet: du deltager ikke i sagerne.",
    "{0} of them were not written: you take no part in the cases.")
  static let itemClosed = Phrase(
    "Sag {0} på statusmødet {1}: {2}.", "Case {0} at the status meeting {1}: {2}.")
  static let itemNoted = Phrase(
    "Dine noter om sag {0} på statusmødet {1} er gemt.",
    "Your notes on case {0} at the status meeting {1} are kept.")
  static let noStatusMeeting = Phrase(
    "Der er intet statusmøde endnu, heller ikke et, der er indkaldt. Brug: kos status-meeting plan; så kan "
      + "punkterne sluttes undervejs, og kos status-meeting hold tager resten.",
    "There is no status meeting yet, nor one that is called. Use: kos status-meeting plan; then items can be "
      + "ended as you go, and kos status-meeting hold takes the rest.")
  static let itemNeedsOutcome = Phrase(
    "Sig, hvad mødet endte med: --outcome action eller none; eller skriv dine noter med --text.",
    "Say how it ended: --outcome action or none; or write your notes with --text.")
  static let taskNeedsOwner = Phrase(
    "En opgave har en, der gør den: brug --task sammen med --owner.",
    "A task has somebody who does it: use --task together with --owner.")
  static let meetingThatDay = Phrase(
    "Der er allerede et statusmøde {0}. Intet er ændret.",
    "There is a status meeting {0} already. Nothing was changed.")
}
