/// What went wrong: what happened, what was kept, what to do.
extension Phrase {
  static let notEnrolled = Phrase(
    "Her er ingen kopi endnu. Intet er ændret. Brug: kos enroll LINK",
    "There is no replica here yet. Nothing was changed. Use: kos enroll LINK")
  static let alreadyEnrolled = Phrase(
    "Her er allerede en kopi. Intet er ændret. Vælg en anden mappe med --home.",
    "There is a replica here already. Nothing was changed. Choose another directory with --home.")
  static let badCode = Phrase(
    "Koden gælder ikke: skrevet forkert, brugt eller udløbet. Bed om en ny.",
    "The code is not valid: mistyped, used or expired. Ask for a new one.")
  static let badURL = Phrase(
    "Serverens adresse er ikke en ws:// eller wss:// adresse. Brug linket fra invitationen.",
    "The server's address is not a ws:// or wss:// address. Use the link of the invitation.")
  static let locked = Phrase(
    "Kopien er låst. Intet er tabt. Angiv --passphrase-file, eller kør kommandoen i en terminal.",
    "The replica is locked. Nothing was lost. Name a --passphrase-file, or run the command in a terminal.")
  static let wrongPassphrase = Phrase(
    "Adgangssætningen er forkert. Intet er tabt. Prøv igen, eller angiv den rigtige --passphrase-file.",
    "The passphrase is wrong. Nothing was lost. Try again, or name the right --passphrase-file.")
  static let tooOpen = Phrase(
    "Andre kan læse nøglefilen eller filen med adgangssætningen. Intet er ændret. Brug: chmod 600 FIL",
    "Others may read the key file or the file with the passphrase. Nothing was changed. Use: chmod 600 FILE")
  static let noKeyring = Phrase(
    "Kernen gemmer ingen nøgler her (sker i containere). Intet er ændret. Vælg --passphrase-file F.",
    "The kernel keeps no keys here (as in a container). Nothing was changed. Choose --passphrase-file F.")
  static let keyFileMissing = Phrase(
    "Nøglefilen (device.key) mangler; uden den kan intet læses. Intet er ændret. Hent den fra en kopi.",
    "The key file (device.key) is missing; nothing can be read without it. Nothing was changed. Restore it.")
  static let keyFileDamaged = Phrase(
    "Nøglefilen (device.key) er beskadiget. Intet er ændret. Hent den fra en sikkerhedskopi.",
    "The key file (device.key) is damaged. Nothing was changed. Restore it from a backup.")
  static let foreignKey = Phrase(
    "Kopien er forseglet med en anden nøgle end nøglefilens. Intet er ændret. Hent enhedens device.key.",
    "The replica is sealed under another key than device.key has. Nothing was changed. Restore its own.")
  static let wrongRecoveryCode = Phrase(
    "Gendannelseskoden gælder ikke her. Intet er ændret. Se efter, at den er skrevet rigtigt.",
    "The recovery code is not valid here. Nothing was changed. See that it is typed right.")
  static let plaintextNotAllowed = Phrase(
    "Ukrypteret ws:// gælder kun på denne maskine. Intet er ændret. Bed om et link med wss://.",
    "Plain ws:// is for this machine only. Nothing was changed. Ask for a link with wss://.")
  static let badConnection = Phrase(
    "Adressen eller filen fra --ca kan ikke bruges. Intet er ændret. Ret den, og prøv igen.",
    "The address or the file of --ca cannot be used. Nothing was changed. Put it right and try again.")
  static let enrolUntrusted = Phrase(
    "Serverens certifikat kan ikke godkendes. Intet er ændret, og koden er ikke brugt. Se efter --ca.",
    "The server's certificate cannot be trusted. Nothing was changed, the code is unused. Check --ca.")
  static let enrolOffline = Phrase(
    "Serveren kan ikke nås ({0}). Intet er ændret her. Prøv igen med samme link.",
    "The server cannot be reached ({0}). Nothing was changed here. Try again with the same link.")
  static let enrolRefused = Phrase(
    "Tilmeldingen blev afvist: {0}. Intet er ændret her. Spørg den, der inviterede.",
    "The enrolment was refused: {0}. Nothing was changed here. Ask who invited you.")
  static let otherTenant = Phrase(
    "En anden server end den, koden er fra, svarer. Intet er ændret, koden er ikke brugt. Se adressen efter.",
    "Another server than the code's answers. Nothing was changed, the code is unused. Check the address.")
  static let inviteRefused = Phrase(
    "Ingen invitation: {0}. Lederen inviterer alle roller undtagen leder og ekstern indberetter, "
      + "koordinatoren kerneteam, analyseteam, eksterne og forældre til egne sager (--case). Den, der er "
      + "tilmeldt, laver selv flere links: kos device add",
    "No invitation: {0}. A leader invites to all roles but leader and external reporter, a coordinator core "
      + "team, analysis team, people from outside and parents to cases of her own (--case). Who is enrolled "
      + "already makes further links: kos device add")
  static let takesPartWithoutLink = Phrase(
    "{0} deltager nu i sag {1}. Intet link: er {0} allerede tilmeldt, ses sagen efter næste kos sync.",
    "{0} takes part in case {1} now. No link: who is enrolled already sees the case after the next kos sync.")
  static let idTaken = Phrase(
    "Opdateringen {0} findes med en anden tekst. Den nye er ikke gemt. Vælg en anden --id.",
    "The update {0} exists with another text. The new one was not saved. Choose another --id.")
  static let notUnderstood = Phrase(
    "Kommandoen blev ikke forstået, og intet er gjort.", "The command was not understood; nothing was done.")
  static let notUnderstoodBecause = Phrase(
    "Kommandoen blev ikke forstået, og intet er gjort: {0}",
    "The command was not understood; nothing was done: {0}")
  static let enrolDeclined = Phrase(
    "Målgruppen er afvist for barnet, så det indskrives ikke. Er der nyt, så vurdér igen: kos case "
      + "eligibility "
      + "{0} --child {1} --confirm",
    "Eligibility was declined for the child, so it is not enrolled. If there is news, assess anew: kos case "
      + "eligibility {0} --child {1} --confirm")
  static let blankField = Phrase(
    "{0} må ikke være tom. Intet er gemt.", "{0} must not be empty. Nothing was saved.")
  static let noSuchCode = Phrase(
    "{0} er ikke noget, {1} kan være: {2}. Intet er gemt.",
    "{0} is nothing that {1} may be: {2}. Nothing was saved.")
  static let badTime = Phrase(
    "{0} er ikke et klokkeslæt; skriv f.eks. 13:30.", "{0} is no time of day; write for instance 13:30.")
  static let farDay = Phrase(
    "{0} ligger for langt væk: højst {1} år tilbage og {2} år frem. Intet er gemt.",
    "{0} is too far away: at most {1} years back and {2} years ahead. Nothing was saved.")
  static let giveRank = Phrase("Brug --rank eller --expected.", "Use --rank or --expected.")
  static let damaged = Phrase(
    "Kopien er beskadiget og blev ikke rørt. Behold mappen, tilmeld i en ny, og sig det til lederen.",
    "The replica is damaged and was not touched. Keep the directory, enroll in a new one, tell your leader.")
  static let offline = Phrase(
    "Serveren kan ikke nås ({0}). Det, du har gemt, ligger her og sendes ved næste forbindelse.",
    "The server cannot be reached ({0}). What you saved is kept here and is sent at the next contact.")
  static let refused = Phrase(
    "Afvist: {0}. Det, du skrev, er bevaret her. Se: kos status",
    "Refused: {0}. What you wrote is kept here. See: kos status")
  static let recordExists = Phrase(
    "Det findes her allerede. Intet er ændret.", "It exists here already. Nothing was changed.")
  static let textTooLarge = Phrase(
    "Det er for stort til én post. Intet er gemt. Del det op, eller gem det som en fil: kos attachment add",
    "It is too large for one record. Nothing was saved. Split it, or keep it as a file: kos attachment add")
  static let wordNotText = Phrase(
    "Ord nummer {0} er ikke tekst i UTF-8. Intet er gjort.",
    "Word number {0} is not text in UTF-8. Nothing was done.")
  static let otherError = Phrase("Det gik ikke: {0}", "It did not work: {0}")
  static let cannotRead = Phrase("{0} kan ikke læses: {1}", "Cannot read {0}: {1}")
  static let notText = Phrase("{0} er ikke tekst i UTF-8.", "{0} is not text in UTF-8.")
  static let noMemoryFolder = Phrase(
    "Her er ingen mappe i hukommelsen til teksten (XDG_RUNTIME_DIR eller /dev/shm). Intet er ændret. "
      + "Brug --text eller --file.",
    "There is no folder in memory for the text (XDG_RUNTIME_DIR or /dev/shm). Nothing was changed. "
      + "Use --text or --file.")
  static let editorFailed = Phrase(
    "Editoren fejlede: {0}. Intet er ændret. Sæt EDITOR til en, der virker, eller brug --text.",
    "The editor failed: {0}. Nothing was changed. Set EDITOR to one that works, or use --text.")
  static let lineFull = Phrase(
    "Linjen fylder mindst {0} byte; så meget tager en terminal af en linje, og resten er tabt. Intet er "
      + "gemt. Del den i flere linjer, eller giv teksten med --file, på standardinput eller i EDITOR.",
    "The line takes {0} bytes or more; that is what a terminal takes of a line, and the rest is lost. "
      + "Nothing was saved. Break it into lines, or give it with --file, on standard input or in EDITOR."
  )
  static let noText = Phrase(
    "Der mangler en tekst. Intet er gemt. Brug --text eller --file.",
    "A text is missing. Nothing was saved. Use --text or --file.")
  static let noSuchCase = Phrase(
    "Der er ingen sag {0} her. Se: kos case list", "There is no case {0} here. See: kos case list")
  static let labelTaken = Phrase(
    "Der er allerede en sag, der hedder {0}. Intet er gemt. Brug et navn, der skiller dem ad, f.eks. med et "
      + "fornavn. Se: kos case list",
    "There is a case called {0} already. Nothing was saved. Use a name that tells them apart, for instance "
      + "with a first name. See: kos case list")
  static let labelOfDigits = Phrase(
    "{0} er kun cifre, og de er numre i lister. Intet er gemt. Brug et navn med bogstaver.",
    "{0} is digits alone, and those are numbers of lists. Nothing was saved. Use a name with letters.")
  static let labelTooLong = Phrase(
    "Navnet i lister er højst {0} tegn. Intet er gemt. Resten hører til i --text.",
    "The name in lists has at most {0} characters. Nothing was saved. The rest belongs in --text.")
  static let labelUnprintable = Phrase(
    "Navnet i lister er én linje uden styretegn. Intet er gemt.",
    "The name in lists is one line without control characters. Nothing was saved.")
  static let noSuchPerson = Phrase(
    "Der er ingen person {0}. Se: kos person list", "There is no person {0}. See: kos person list")
  static let severalPersons = Phrase(
    "Flere passer til {0}. Brug id fra: kos person list", "Several match {0}. Use the id of: kos person list")
  static let noSuchRecord = Phrase("Der er intet {0} her.", "There is no {0} here.")
  static let numberMoved = Phrase(
    "{0} er nu {1} – da du sidst så listen, var det noget andet. Intet er gjort. Se listen igen, eller "
      + "brug id'et.",
    "{0} is now {1} – it was something else when you saw the list last. Nothing was done. Look at the "
      + "list again, or use the id.")
  static let severalRecords = Phrase(
    "Flere passer til {0}. Skriv mere af id.", "Several match {0}. Give more of the id.")
  static let noSuchRole = Phrase(
    "{0} er ingen rolle. Roller: {1}", "{0} is no role. Roles: {1}")
  static let badDay = Phrase("{0} er ikke en dag som 2020-07-01.", "{0} is not a day such as 2020-07-01.")
  static let badValue = Phrase("{0} passer ikke til feltet {1}.", "{0} does not fit the field {1}.")
  static let badNumber = Phrase("Vælg en værdi fra 1 til {0}.", "Choose a value from 1 to {0}.")
  static let resolveHow = Phrase(
    "Vælg enten --value N eller --text NY.", "Choose either --value N or --text NEW.")
  static let noOffer = Phrase(
    "Familien er ikke spurgt endnu. Brug: kos case offer {0}",
    "The family was not asked yet. Use: kos case offer {0}")
  static let noChild = Phrase("Sagen har intet barn {0}.", "The case has no child {0}.")
  static let noBirthday = Phrase(
    "Barnets fødselsdag mangler, og reglen spørger om alderen.",
    "The child's day of birth is missing, and the rule asks for the age.")
  static let notParticipant = Phrase("{0} deltager ikke i sagen.", "{0} does not take part in the case.")
  static let noAlias = Phrase(
    "Du indberetter ikke til nogen sag. Kør kos sync, eller bed koordinatoren om en invitation.",
    "You report on no case. Run kos sync, or ask the coordinator for an invitation.")
  static let whichAlias = Phrase(
    "Du indberetter til flere sager. Intet er gemt. Vælg med --case: {0}",
    "You report on several cases. Nothing was saved. Choose with --case: {0}")
  static let noUnderCase = Phrase(
    "Opdateringen hører ikke til en sag, du ser.", "The update belongs to no case that you see.")
  static let alreadyTriaged = Phrase("Opdateringen er allerede visiteret.", "The update was triaged already.")
  static let chooseProtection = Phrase(
    "Uden terminal skal beskyttelsen nævnes: --passphrase-file F, --keyring eller --unprotected.",
    "Without a terminal the protection must be named: --passphrase-file F, --keyring or --unprotected.")
  static let oneProtection = Phrase("Vælg kun én beskyttelse.", "Choose one protection only.")
  static let differentPassphrases = Phrase(
    "De to var ikke ens. Intet er ændret.", "The two were not the same. Nothing was changed.")
  static let noCode = Phrase(
    "Der mangler en kode. Brug linket, eller --server URL --code KODE.",
    "A code is missing. Use the link, or --server URL --code CODE.")
  static let badCaseload = Phrase(
    "{0} {0:linje|linjer} kan ikke læses. Intet er importeret. Ret filen, og prøv igen.",
    "{0} {0:line|lines} cannot be read. Nothing was imported. Put the file right and try again.")
  static let tooMany = Phrase(
    "For meget på én gang: højst 64 poster. Del det op.", "Too much at once: at most 64 records. Split it.")
  static let needsCase = Phrase(
    "En ekstern indberetter inviteres til en sag: brug --case.",
    "An external reporter is invited to a case: use --case.")
  static let notIndicated = Phrase(
    "Bekræft eller afvis, ikke begge dele.", "Confirm or decline, not both.")
}
