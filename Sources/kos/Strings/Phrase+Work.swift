/// What was done, and how things stand.
extension Phrase {
  static let saved = Phrase("Gemt.", "Saved.")
  static let sent = Phrase("Sendt.", "Sent.")
  static let queued = Phrase(
    "I kø: sendes, når serveren kan nås.", "Queued: sent once the server is reached.")
  static let unsent = Phrase(
    "{0} {0:ændring|ændringer} er endnu ikke sendt; den ældste er fra {1}.",
    "{0} {0:act is|acts are} not sent yet; the oldest is from {1}.")
  static let enrolled = Phrase("Tilmeldt {0} som {1} ({2}).", "Enrolled with {0} as {1} ({2}).")
  static let healed = Phrase(
    "Serveren eller enheden blev gendannet {0}: {1} {1:ændring|ændringer} skrevet igen, {2} leveret tilbage "
      + "til "
      + "serveren.",
    "The server or this device was restored {0}: {1} {1:change|changes} written again, {2} given back to "
      + "the server.")
  static let stillHealing = Phrase(
    "Serveren venter på flere enheder, før alt er tilbage.",
    "The server waits for other devices before all is back.")
  static let unconfirmed = Phrase(
    "Enheden er gendannet eller klonet: dit arbejde sendes, men intet modtages, før du bekræfter den på "
      + "en anden af dine enheder, eller den, der inviterede dig, gør det med --of: kos device confirm {0}",
    "This device was restored or cloned: your work is sent, but nothing is received until you confirm it on "
      + "another device of yours, or whoever invited you does with --of: kos device confirm {0}")
  static let unconfirmedNew = Phrase(
    "Enheden venter på at blive bekræftet: ring til den, der inviterede dig, på et nummer, du kender i "
      + "forvejen, og læs {0} og serverens adresse {1} op. Intet modtages før det, og det, du skriver, "
      + "venter på en afgørelse.",
    "This device waits to be confirmed: ring whoever invited you, at a number that you knew before, and read "
      + "out {0} and the server's address {1}. Nothing is received before that, and what you write waits "
      + "for a decision.")
  static let devicesWait = Phrase(
    "{0} {0:enhed|enheder} venter på, at du bekræfter {0:den|dem}: kos people list. Tal med personen, og "
      + "skriv cifrene: kos device confirm CIFRE --of NAVN",
    "{0} {0:device waits|devices wait} for you to confirm {0:it|them}: kos people list. Speak with the "
      + "person, and type the digits: kos device confirm DIGITS --of NAME")
  static let invitedRemotely = Phrase(
    "Bed {0} om at ringe og læse de seks cifre og serverens adresse op, som enheden viser. Adressen skal "
      + "være {1}. Kend stemmen, før du skriver: kos device confirm CIFRE --of NAVN",
    "Ask {0} to ring and read out the six digits and the server's address that the device shows. The address "
      + "must be {1}. Know the voice before you type: kos device confirm DIGITS --of NAME")
  static let deviceOfConfirmed = Phrase(
    "Enheden hos {0} er bekræftet.", "The device of {0} is confirmed.")
  static let deviceConfirmed = Phrase("Enheden er bekræftet.", "The device is confirmed.")
  static let recoveryEnded = Phrase(
    "Serveren sender igen. Andre enheder får det, næste gang de forbinder.",
    "The server delivers again. Other devices get it when they connect next.")
  static let notSixDigits = Phrase(
    "Koden har seks cifre: {0} er det ikke.", "The code has six digits: {0} is none.")
  static let setRight = Phrase(
    "Enheden og serveren er bragt i orden efter en gendannelse.",
    "This device and the server were set right after a restore.")
  static let unprotected = Phrase(
    "Nøglen på denne maskine er ubeskyttet: den, der har disken, kan læse alt.",
    "The key on this machine is unprotected: whoever has the disk can read everything.")
  static let recoveryCode = Phrase(
    "Gendannelseskode, vises kun nu. Skriv den ned, og gem den et andet sted end maskinen: {0}",
    "Recovery code, shown only now. Write it down and keep it apart from this machine: {0}")
  static let caseOpened = Phrase(
    "Sag {0} er oprettet; alle finder den også som {1}.",
    "Case {0} is opened; everybody finds it as {1}, too.")
  static let whichSource = Phrase(
    "Hvem henvendte sig: citizen, health_visitor, hospital, rehabilitation … (tom linje: senere)",
    "Who turned to the municipality: citizen, health_visitor, hospital, rehabilitation … (empty line: later)")
  static let caseWithoutSource = Phrase(
    "Der står ikke, hvem der henvendte sig, så trinet henvendelse er åbent: "
      + "kos case inquiry {0} --source HVEM",
    "It does not say who turned to the municipality, so the step inquiry is open: "
      + "kos case inquiry {0} --source WHO")
  static let recorded = Phrase("{0} er noteret i sag {1}.", "{0} is recorded in case {1}.")
  static let recordedSo = Phrase(
    "{0} er noteret i sag {1}: {2} ({3} {3:felt|felter}).",
    "{0} is recorded in case {1}: {2} ({3} {3:field|fields}).")
  static let neverShown = Phrase(
    "{0} styretegn i det, du skrev, bliver aldrig vist. Linjer og tabulatorer bliver.",
    "{0} control {0:character|characters} in what you wrote {0:is|are} never shown. Lines and tabs are.")
  static let participationEnded = Phrase(
    "{0} deltager ikke længere i sag {1}.", "{0} no longer takes part in case {1}.")
  static let allocated = Phrase("Sag {0} er tildelt {1}.", "Case {0} is allocated to {1}.")
  static let personKept = Phrase("{0} står i registret.", "{0} is in the register.")
  static let reasonLeftOut = Phrase(
    "Begrundelsen er ikke gemt: kun de, der deltager i sagen, skriver i den.",
    "The reason was not kept: only those who take part in the case write in it.")
  static let inviteAgain = Phrase(
    "{0} fik intet link: inviter igen, når det, der er skrevet, er sendt.",
    "{0} got no link: invite again once what was written is sent.")
  static let invited = Phrase(
    "Giv dette link til {0}. Det gælder én gang, til {1}:", "Give this link to {0}. It works once, until {1}:"
  )
  static let updateKept = Phrase("Opdatering {0}: {1}", "Update {0}: {1}")
  static let keptHere = Phrase("gemt her, ikke modtaget endnu", "kept here, not received yet")
  static let received = Phrase("modtaget", "received")
  static let triaged = Phrase("modtaget og visiteret {0}", "received and triaged {0}")
  static let resolved = Phrase("Konflikten er afgjort.", "The conflict is settled.")
  static let noConflicts = Phrase("Ingen konflikter.", "No conflicts.")
  static let resolveHint = Phrase(
    "Afgør med: kos resolve NUMMER --value N | --text NY",
    "Settle with: kos resolve NUMBER --value N | --text NEW")
  static let proposal = Phrase("{0}: forslag er {1}", "{0}: the proposal is {1}")
  static let proposalConfirmed = Phrase(
    "{0}: forslag er {1}. Målgruppen er bekræftet.",
    "{0}: the proposal is {1}. Eligibility is confirmed.")
  static let proposalDeclined = Phrase(
    "{0}: forslag er {1}. Målgruppen er afvist.",
    "{0}: the proposal is {1}. Eligibility is declined.")
  static let upToDate = Phrase("Alt er udvekslet.", "Everything is exchanged.")
  static let handedOver = Phrase(
    "En anden kos på denne maskine har forbindelsen og tog det med.",
    "Another kos on this machine holds the connection and took it along.")
  static let connected = Phrase("forbundet", "connected")
  static let disconnected = Phrase("afbrudt: {0}", "disconnected: {0}")
  static let imported = Phrase(
    "{0} begivenheder læst, {1} nye poster.", "{0} events read, {1} new records.")
  static let progress = Phrase("{0} af {1}", "{0} of {1}")
  static let importNotice = Phrase("linje {0}: {1}", "line {0}: {1}")
  static let unknownEvent = Phrase("ukendt begivenhed {0}, sprunget over", "unknown event {0}, passed over")
  static let unknownKeys = Phrase("ukendte nøgler: {0}", "unknown keys: {0}")
  static let allocationStands = Phrase(
    "sagen er allerede tildelt; det overlades til en person",
    "the case is allocated already; left to a person")
  static let lineNotUTF8 = Phrase("ikke UTF-8", "not UTF-8")
  static let lineNotJSON = Phrase("ikke JSON", "not JSON")
  static let lineNotObject = Phrase("ikke et JSON-objekt", "not a JSON object")
  static let keyMissing = Phrase("{0} mangler", "{0} is missing")
  static let keyWrongType = Phrase("{0} er af forkert type (ventet: {1})", "{0} is not {1}")
  static let keyNoDay = Phrase(
    "{0} er ikke en dag som 2020-07-01 (1900–2199)", "{0} is not a day such as 2020-07-01 (1900–2199)")
  static let lineTooLong = Phrase("længere end {0} bytes", "longer than {0} bytes")
  static let tooManyLines = Phrase("flere end {0} linjer", "more than {0} lines")
  static let needsAttention = Phrase(
    "{0} {0:konflikt|konflikter} og {1} {1:afvist post|afviste poster} venter på dig. Se: kos conflicts, "
      + "kos status",
    "{0} {0:conflict|conflicts} and {1} refused {1:record|records} wait for you. See: kos conflicts, kos "
      + "status")
  static let nothingChanged = Phrase(
    "Intet er ændret, og intet er gemt.", "Nothing was changed, and nothing was saved.")
  static let unsentRecord = Phrase(
    "{0} {1} venter på at blive sendt, siden {2}: {3}", "{0} {1} waits to be sent, since {2}: {3}")
  static let nothingWaits = Phrase(
    "Intet venter, og intet er afvist.", "Nothing waits, and nothing was refused.")
}
