/// What stands in letters and on pages, in plain words.
extension Phrase {
  static let letterTo = Phrase("Til: {0}", "To: {0}")
  static let letterAbout = Phrase("Om: {0}", "About: {0}")
  static let letterFamily = Phrase("familien", "the family")
  static let letterTeam = Phrase("fagpersonerne i sagen", "the professionals of the case")
  static let letterAsk = Phrase(
    "Har I spørgsmål, så ring eller skriv til {0}.", "If you have questions, call or write to {0}.")
  static let letterNoted = Phrase(
    "Skrevet ud {0}. Det er noteret i sagen, hvad der står her, og hvem det er til.",
    "Printed on {0}. What stands here and for whom it is, is noted in the case.")
  static let letterWritten = Phrase(
    "Skrevet: {0}, med {1} {1:post|poster}. Det er noteret i sagen.",
    "Written: {0}, with {1} {1:record|records}. It is noted in the case.")
  static let letterBlankWritten = Phrase(
    "Skrevet: {0}, tom til at skrive på. Der står intet om familien på den, og intet er noteret i sagen.",
    "Written: {0}, empty to write on. Nothing of the family stands on it, and nothing is noted in the case.")
  static let letterClosed = Phrase(
    "Afgørelsen er lukket for den, brevet er til. Intet er skrevet.",
    "The decision is closed to whom the letter is for. Nothing was written.")
  static let letterNotReleased = Phrase(
    "Intet af det er frigivet til modtageren. Intet er skrevet. Se: kos release give",
    "None of it was released to the recipient. Nothing was written. See: kos release give")

  static let letterNoPlan = Phrase(
    "Sagen har hverken plan eller mål at vise. Intet er skrevet.",
    "The case has neither plan nor goals to show. Nothing was written.")
  static let planTitle = Phrase("Familiens plan, version {0}", "The family's plan, version {0}")
  static let planUntitled = Phrase("Familiens plan", "The family's plan")
  static let planDraft = Phrase(
    "Familiens mål – planen er ikke aftalt endnu", "The family's goals – the plan is not agreed yet")
  static let letterPlanAgreed = Phrase(
    "Planen er fra {0}. Her står ikke, hvem af jer der har sagt ja til den.",
    "The plan is of {0}. It is not written down which of you agreed on it.")
  static let planAgreedBy = Phrase("Vi aftalte planen {0} med {1}.", "We agreed on the plan on {0} with {1}.")
  static let planGoals = Phrase("Det, I gerne vil", "What you want")
  static let planOrder = Phrase(
    "Målene står i den rækkefølge, I har valgt.", "The goals stand in the order that you chose.")
  static let goalActors = Phrase("Hvem arbejder med det: {0}", "Who works on it: {0}")
  static let goalReached = Phrase("Det er nået.", "It is reached.")
  static let goalDropped = Phrase("Det er opgivet siden.", "It was given up since.")
  static let goalReplaced = Phrase(
    "Et andet mål er trådt i stedet siden.", "Another goal took its place since.")
  static let planTasks = Phrase("Hvem gør hvad", "Who does what")
  static let taskWhat = Phrase("Hvad", "What")
  static let taskWho = Phrase("Hvem", "Who")
  static let taskWhen = Phrase("Senest", "By")
  static let taskGoal = Phrase("Til hvilket mål", "For which goal")
  static let taskOverdue = Phrase("over tiden", "overdue")
  static let planSupport = Phrase("Den hjælp, I får", "The support that you get")
  static let supportWhen = Phrase("Fra {0} til {1}", "From {0} until {1}")

  static let decisionNotIssued = Phrase(
    "Afgørelsen er ikke truffet endnu. Intet er skrevet.",
    "The decision is not issued yet. Nothing was written.")
  static let decisionWithoutReasons = Phrase(
    "Afgørelsens begrundelse er ikke her, og uden den sendes den ikke. Intet er skrevet.",
    "The decision's reasons are not here, and it is not sent without them. Nothing was written.")
  static let decisionTitle = Phrase("Afgørelse om {0}", "Decision on {0}")
  static let decisionTitleWithdrawn = Phrase(
    "Afgørelse om {0} – taget tilbage", "Decision on {0} – taken back")
  static let decisionWithdrawn = Phrase(
    "Kommunen har taget denne afgørelse tilbage. Den gælder ikke.",
    "The municipality has taken this decision back. It is not in force.")
  static let outcomeGranted = Phrase("I får det, I har søgt om: {0}.", "You get what you applied for: {0}.")
  static let outcomeInPart = Phrase(
    "I får en del af det, I har søgt om: {0}.", "You get a part of what you applied for: {0}.")
  static let outcomeRefused = Phrase("I får afslag på {0}.", "Your application for {0} is refused.")
  static let outcomeOther = Phrase("Afgørelsen om {0} er: {1}.", "The decision on {0} is: {1}.")
  static let outcomeAmount = Phrase("Beløbet er {0}.", "The amount is {0}.")
  static let decisionWhy = Phrase("Derfor", "Why")
  static let decisionLaw = Phrase("Den lov, vi har brugt", "The law that we applied")
  static let decisionComplain = Phrase("Hvis I er uenige", "If you disagree")
  static let decisionComplaintTo = Phrase(
    "I kan klage til {0}, men klagen sendes til os.",
    "You can complain to {0}, but your complaint is sent to us.")
  static let decisionComplaintToUs = Phrase(
    "I kan klage. Klagen sendes til os.", "You can complain. Your complaint is sent to us.")
  static let decisionComplaintBy = Phrase(
    "Klagen skal være hos os senest {0}.", "It must reach us by {0}.")
  static let decisionComplaintWeeks = Phrase(
    "Klagen skal være hos os senest {0} {0:uge|uger} efter den dag, I fik dette brev.",
    "It must reach us within {0} {0:week|weeks} of the day on which you had this letter.")
  static let decisionComplaintDays = Phrase(
    "Klagen skal være hos os senest {0} {0:dag|dage} efter den dag, I fik dette brev.",
    "It must reach us within {0} {0:day|days} of the day on which you had this letter.")
  static let decisionComplaintHow = Phrase(
    "I kan klage skriftligt eller mundtligt, og I behøver ikke skrive klagen selv: ring, så hjælper vi jer. "
      + "Vi vurderer først sagen igen. Giver vi jer ikke ret, sender vi klagen til dem, der afgør klager.",
    "You can complain in writing or by word of mouth, and need not write the complaint yourselves: call, and "
      + "we help. We assess the case again first. If we do not agree, we pass it on to those who decide "
      + "complaints.")
  static let decisionComplaintHowTo = Phrase(
    "I kan klage skriftligt eller mundtligt, og I behøver ikke skrive klagen selv: ring, så hjælper vi jer. "
      + "Vi vurderer først sagen igen. Giver vi jer ikke ret, sender vi klagen videre til {0}.",
    "You can complain in writing or by word of mouth, and need not write the complaint yourselves: call, and "
      + "we help. We assess the case again first. If we do not agree, we pass it on to {0}.")
  static let decisionBy = Phrase("Afgjort {0} af {1}.", "Decided on {0} by {1}.")

  static let minutesTitle = Phrase("{0}, {1}", "{0}, {1}")
  static let minutesWho = Phrase("Hvem var med", "Who was there")
  static let minutesWithParents = Phrase("Forældrene var med.", "The parents took part.")
  static let minutesWithoutParents = Phrase("Forældrene var ikke med.", "The parents did not take part.")
  static let minutesOutcome = Phrase("Hvad kom der ud af det", "What came of it")
  static let minutesText = Phrase("Referat", "Minutes")
  static let minutesNone = Phrase("Der er intet referat at vise.", "There are no minutes to show.")
  static let minutesAsked = Phrase("Oplysninger, vi beder om", "Information that we ask for")
  static let minutesFrom = Phrase("Fra", "From")

  static let visitTitle = Phrase("Til hjemmebesøget", "For the home visit")
  static let visitWho = Phrase("Hvem", "Who")
  static let visitGoals = Phrase("Familiens mål, med familiens ord", "The family's goals, in its own words")
  static let visitContacts = Phrase("Seneste kontakter", "Last contacts")
  static let visitWarnings = Phrase("Tidlige advarsler", "Early warnings")
  static let visitTasks = Phrase("Åbne opgaver", "Open tasks")
  static let visitAsk = Phrase("Spørg om", "Ask about")
  static let visitNotes = Phrase("Notater", "Notes")
  static let visitNothing = Phrase("Intet.", "Nothing.")
  static let visitInternal = Phrase(
    "Til brug på besøget. Tag siden med tilbage, og makulér den.",
    "For use at the visit. Bring the page back and shred it.")
  static let askDays = Phrase("Hvordan går hverdagen lige nu?", "How is everyday life at present?")
  static let askChange = Phrase(
    "Er der sket noget nyt: skolestart, flytning, sygdom, arbejde, familie?",
    "Has anything changed: school, moving, illness, work, family?")
  static let askPriorities = Phrase(
    "Er målene stadig de rigtige, og i den rigtige rækkefølge?",
    "Are the goals still the right ones, in the right order?")
  static let askWarning = Phrase(
    "Den tidlige advarsel: er det blevet bedre eller værre?", "The early warning: is it better or worse?")
  static let askOverdue = Phrase(
    "Opgaver over tiden: hvad skal der til?", "Overdue tasks: what does it take?")
  static let askDecision = Phrase(
    "Er den seneste afgørelse til at forstå? Forklar den.", "Is the last decision clear? Explain it.")
}
