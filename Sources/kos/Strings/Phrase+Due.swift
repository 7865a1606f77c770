/// What is to be done, and when.
extension Phrase {
  static let whyLate = Phrase(
    "Fristen var {0}, og ingen har sagt hvorfor. Hvorfor kom det for sent (tom linje: uden grund)",
    "It was due by {0}, and nobody has said why. Why did it come late (empty line: no reason)")
  static let lateSayWhy = Phrase(
    "Fristen var {0}, og den står som overskredet uden grund. Sig hvorfor: kos step complete {1} {2} "
      + "--on {3} --reason HVORFOR",
    "It was due by {0}, and that stands as missed without a reason. Say why: kos step complete {1} {2} "
      + "--on {3} --reason WHY")
  static let lateWithoutReason = Phrase(
    "Fristen var {0}, og den står som overskredet uden grund.",
    "It was due by {0}, and that stands as missed without a reason.")
  static let daysUnderstood = Phrase(
    "En dag skrives som 2026-07-14, 14/7-2026, 14.7.26, 14/7, i dag, i morgen, i går, fredag, i mandags, "
      + "mandag i næste uge, om 3 dage, om 2 uger, om en måned eller for 3 dage siden; bindestreg kan stå "
      + "for mellemrum: om-3-dage. Dage mere end 150 år tilbage eller 20 år frem tages ikke. Se: kos help "
      + "dage",
    "A day is written as 2026-07-14, 14/7-2026, 14.7.26, 14/7, today, tomorrow, yesterday, friday, last "
      + "monday, monday next week, in 3 days, in 2 weeks, in a month or 3 days ago; a hyphen may stand for "
      + "a space: in-3-days. Days more than 150 years back or 20 years ahead are not taken. See: kos help "
      + "days")
  static let dayAmbiguous = Phrase(
    "{0} kan være flere dage: {1}. Skriv den dag, der er ment, f.eks. mandag-i-næste-uge eller om-1-uge.",
    "{0} may be several days: {1}. Write the day that is meant, such as monday-next-week or in-1-week.")
  static let sectionRefused = Phrase(
    "Afvist af serveren; det, du skrev, er kun her:", "Refused by the server; what you wrote is here only:")
  static let dayToday = Phrase("i dag", "today")
  static let dayTomorrow = Phrase("i morgen", "tomorrow")
  static let dayYesterday = Phrase("i går", "yesterday")
  static let daysAhead = Phrase("om {0} dage", "in {0} days")
  static let daysAgo = Phrase("for {0} dage siden", "{0} days ago")
  static let oneDayOver = Phrase("1 dag over", "1 day over")
  static let daysOver = Phrase("{0} dage over", "{0} days over")

  static let sectionOverdue = Phrase("Over tiden", "Overdue")
  static let sectionDue = Phrase("Nu og de næste 7 dage", "Now and in the next 7 days")
  static let sectionLater = Phrase("Senere", "Later")
  static let sectionWaiting = Phrase("Venter på dig", "Waits for you")
  static let firstLook = Phrase(
    "du ser sagen for første gang, {0} {0:post|poster}",
    "you see this case for the first time, {0} {0:record|records}")
  static let newCase = Phrase(
    "sagen er ny for dig, {0} {0:post|poster}", "this case is new to you, {0} {0:record|records}")
  static let moreFirstSeen = Phrase(
    "Og {0} {0:sag|sager} til, som du ser for første gang: kos case list",
    "And {0} more {0:case|cases} that you see for the first time: kos case list")
  static let sectionNew = Phrase("Nyt siden sidst", "New since you last looked")
  static let sectionConflict = Phrase("Uenige værdier", "Values that disagree")
  static let stepWaitsSince = Phrase(
    "{0}, siden {1}, {2} {2:dag|dage}", "{0}, since {1}, {2} {2:day|days}")
  static let nothingDue = Phrase("Intet venter på dig i dag.", "Nothing waits for you today.")
  static let yourText = Phrase("TEKST", "TEXT")
  static let yourReason = Phrase("HVORFOR", "WHY")
  static let yourPerson = Phrase("PERSON", "PERSON")
  static let moreLater = Phrase(
    "{0} senere. Alle: kos today --all", "{0} later. All of them: kos today --all")
  static let moreNew = Phrase("og {0} til: kos today --all", "and {0} more: kos today --all")

  static let loadCases = Phrase(
    "{0} {0:sag|sager}, {1} {1:barn|børn}",
    "{0} {0:case|cases}, {1} {1:child|children}")
  static let loadContacts = Phrase("{0} uden kontakt i tide", "{0} without contact in time")
  static let loadFollowUps = Phrase("{0} uden opfølgning i tide", "{0} without follow-up in time")
  static let loadWaiting = Phrase("{0} venter", "{0} waiting")
  static let loadUnknown = Phrase("{0} kan du ikke se kontakter i", "in {0} you see no contacts")
  static let loadNobody = Phrase("ingen koordinator", "no coordinator")
}
