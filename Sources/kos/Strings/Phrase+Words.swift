/// Single words: headings and answers.
extension Phrase {
  /// Told before the commands; its gap is the names of the help topics.
  static let overview = Phrase(
    """
    KOS_HOME eller --home nævner kopien. Hver kommando har --json: ét objekt pr. linje.

    Koder: 0 gjort, 2 brug, 3 afvist, 4 en konflikt kræver en person, 5 uden net, 6 beskadiget, 7 låst, \
    8 enheden viser intet før næste forbindelse, 9 det kunne ikke bevises.

    kos help EMNE fortæller mere: {0}.
    """,
    """
    KOS_HOME or --home names the replica. Every command has --json: one object a line.

    Exit codes: 0 done, 2 usage, 3 refused, 4 a conflict needs a person, 5 offline, 6 damaged, 7 locked, \
    8 the device shows nothing until the next contact, 9 it could not be proved.

    kos help TOPIC tells more: {0}.
    """)
  static let noSuchHelp = Phrase(
    "{0} er hverken en kommando eller et emne. Alle står i: kos help",
    "{0} is neither a command nor a topic. All are in: kos help")
  static let yes = Phrase("ja", "yes")
  static let no = Phrase("nej", "no")
  static let acceptedByServer = Phrase("godkendt", "accepted")
  static let pending = Phrase("venter", "pending")
  static let nothingHere = Phrase("Her er intet.", "There is nothing here.")
  static let never = Phrase("aldrig", "never")
  static let person = Phrase("Person", "Person")
  static let server = Phrase("Server", "Server")
  static let waiting = Phrase("Venter", "Waiting")
  static let waitingSince = Phrase("{0}, siden {1}", "{0}, since {1}")
  static let refusedWork = Phrase("Afvist", "Refused")
  static let conflicts = Phrase("Konflikter", "Conflicts")
  static let lastContact = Phrase("Sidste kontakt", "Last contact")
  static let lastFailure = Phrase(
    "Seneste forsøg, {0}, mislykkedes: {1}.", "The last attempt, {0}, failed: {1}.")
  static let caughtUp = Phrase("Sidst ajour", "Last caught up")
  static let status = Phrase("Status", "Status")
  static let children = Phrase("Børn", "Children")
  static let coordinator = Phrase("Koordinator", "Coordinator")
  static let participants = Phrase("Deltagere", "Participants")
  static let goals = Phrase("Mål", "Goals")
  static let contacts = Phrase("Kontakter", "Contacts")
  static let openUpdates = Phrase("Åbne opdateringer", "Open updates")
  static let family = Phrase("familien: {0}", "family: {0}")
  static let notShownToYou = Phrase("vises ikke for dig", "not shown to you")
  static let expected = Phrase("teamet ventede: {0}", "team expected: {0}")
  static let emptyLineEnds = Phrase("en tom linje slutter", "an empty line ends it")
  static let textPrompt = Phrase("Tekst", "Text")
  static let commaSeparated = Phrase("– flere med komma imellem", "– several with commas between")
  static let codePrompt = Phrase("Kode", "Code")
  static let passphrasePrompt = Phrase("Adgangssætning", "Passphrase")
  static let passphraseAgain = Phrase("Adgangssætning igen", "Passphrase again")
  static let summary = Phrase("sammenfatning", "summary")
  static let resources = Phrase("ressourcer", "resources")
  static let problems = Phrase("vanskeligheder", "problems")
  static let history = Phrase("Historie", "History")
  static let writtenBy = Phrase("{0}, skrevet {1}", "{0}, written {1}")
  static let notReceived = Phrase("ikke modtaget endnu", "not received yet")
  static let receivedAt = Phrase("modtaget {0}", "received {0}")
  static let knowsItAs = Phrase("kender sagen som {0}", "knows the case as {0}")
  static let unknownPerson = Phrase("ukendt", "unknown")
}
