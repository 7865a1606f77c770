/// What codes of open lists, kinds of records and keys of reports are called. A code without a name is shown
/// as it is.
enum CodeNames {
  /// The name of a code.
  static func label(_ code: String, in language: Language) -> String {
    guard let phrase = table[code] else { return code.shown }
    return phrase.text(in: language, [])
  }

  /// The code that a typed word means, by itself or by its name in a language; the word where it means none.
  static func code(_ word: String, among codes: [String]) -> String {
    if codes.contains(word) { return word }
    let typed = spoken(word)
    return codes.first { code in
      spoken(code) == typed || Language.allCases.contains { spoken(label(code, in: $0)) == typed }
    } ?? word
  }

  private static func spoken(_ word: String) -> String {
    String(word.lowercased().map { $0 == "_" || $0 == "-" ? " " : $0 })
  }

  private static let table: [String: Phrase] = [codes, access, course, refusals, reasons, figures].reduce(
    kinds
  ) {
    $0.merging($1) { first, _ in first }
  }

  private static let kinds: [String: Phrase] = [
    "person": Phrase("person", "person"), "organisation": Phrase("organisation", "organisation"),
    "team": Phrase("team", "team"), "status_meeting": Phrase("statusmøde", "status meeting"),
    "case": Phrase("sag", "case"), "inquiry": Phrase("henvendelse", "inquiry"),
    "eligibility": Phrase("målgruppe", "eligibility"), "offer": Phrase("tilbud", "offer"),
    "enrolment": Phrase("indskrivning", "enrolment"), "allocation": Phrase("tildeling", "allocation"),
    "participant": Phrase("deltager", "participant"), "child": Phrase("barn", "child"),
    "relative": Phrase("pårørende", "relative"), "assessment": Phrase("udredning", "assessment"),
    "assessment_meeting": Phrase("udredningsmøde", "assessment meeting"),
    "analysis_meeting": Phrase("analysemøde", "analysis meeting"), "goal": Phrase("mål", "goal"),
    "contact": Phrase("kontakt", "contact"), "external_update": Phrase("opdatering", "update"),
    "triage": Phrase("visitation", "triage"), "update_receipt": Phrase("kvittering", "receipt"),
    "plan": Phrase("plan", "plan"), "major_change": Phrase("større ændring", "major change"),
    "discharge": Phrase("udskrivning", "discharge"), "note": Phrase("notat", "note"),
    "attachment": Phrase("fil", "attachment"),
  ]

  private static let codes: [String: Phrase] = [
    "leader": Phrase("leder", "leader"),
    "family_coordinator": Phrase("familiekoordinator", "family coordinator"),
    "core_team": Phrase("kerneteam", "core team"),
    "external_reporter": Phrase("ekstern indberetter", "external reporter"),
    "open": Phrase("åben", "open"), "offered": Phrase("tilbudt", "offered"),
    "accepted": Phrase("takket ja", "accepted"), "declined": Phrase("takket nej", "declined"),
    "enrolled": Phrase("indskrevet", "enrolled"), "discharged": Phrase("udskrevet", "discharged"),
    "confirmed": Phrase("bekræftet", "confirmed"), "reached": Phrase("nået", "reached"),
    "dropped": Phrase("opgivet", "dropped"), "active": Phrase("aktiv", "active"),
    "left": Phrase("stoppet", "left"), "replaced": Phrase("udskiftet", "replaced"),
    "stolen": Phrase("stjålet eller mistet", "stolen or lost"),
    "ended": Phrase("afsluttet", "ended"), "meeting": Phrase("møde", "meeting"),
    "telephone": Phrase("telefon", "telephone"), "visit": Phrase("besøg", "visit"),
    "home_visit": Phrase("hjemmebesøg", "home visit"), "message": Phrase("besked", "message"),
    "hospital": Phrase("sygehus", "hospital"), "citizen": Phrase("borger", "citizen"),
    "health_visitor": Phrase("sundhedsplejerske", "health visitor"),
    "rehabilitation": Phrase("genoptræning", "rehabilitation"), "routine": Phrase("rutine", "routine"),
    "soon": Phrase("snart", "soon"), "urgent": Phrase("haster", "urgent"),
    "action": Phrase("kræver handling", "needs action"), "none": Phrase("ingen handling", "no action"),
    "childs_development": Phrase("barnets udvikling", "child's development"),
    "parenting": Phrase("forældrekompetencer", "parenting"),
    "family_and_network": Phrase("familie og netværk", "family and network"),
    "automatic": Phrase("indskriv (alderen alene)", "enrol (by age alone)"),
    "criteria_met": Phrase("indskriv (kriterier opfyldt)", "enrol (criteria met)"),
    "criteria_not_met": Phrase("ikke (kriterier ikke opfyldt)", "do not enrol (criteria not met)"),
    "unanswered": Phrase("intet endnu (svar mangler)", "nothing yet (an answer is missing)"),
    "outside_ages": Phrase("ikke (uden for alderen)", "do not enrol (outside the ages)"),
    "pending": Phrase("venter", "pending"), "received": Phrase("modtaget", "received"),
    "void": Phrase("uden virkning", "without effect"), "kept": Phrase("gemt her", "kept here"),
    "triaged": Phrase("visiteret", "triaged"),
    "blocked": Phrase(
      "serveren afviser denne enhed; nogen må handle", "the server refuses this device; somebody must act"),
    "unsent": Phrase("noget er endnu ikke sendt", "something is not sent yet"),
    "offline": Phrase(
      "intet venter her, men serveren blev ikke nået", "nothing waits here, but the server was not reached"),
    "needs_person": Phrase(
      "alt er udvekslet, og noget af det kræver et menneske",
      "everything is exchanged, and some of it needs a person"),
    "up_to_date": Phrase("alt er udvekslet", "everything is exchanged"),
  ]

  private static let refusals: [String: Phrase] = [
    "DEVICE_REVOKED": Phrase(
      "enheden er meldt stjålet; intet tages fra den (DEVICE_REVOKED)",
      "the device was reported stolen; nothing is taken from it (DEVICE_REVOKED)"),
    "NOT_CONFIRMED": Phrase(
      "enheden er ikke bekræftet endnu (NOT_CONFIRMED)", "the device is not confirmed yet (NOT_CONFIRMED)"),
    "ACCESS_ENDED": Phrase(
      "enhedens adgang var ophørt (ACCESS_ENDED)", "the device's access had ended (ACCESS_ENDED)"),
    "NOT_PERMITTED": Phrase("det må du ikke (NOT_PERMITTED)", "you may not do that (NOT_PERMITTED)"),
    "NOT_AVAILABLE": Phrase("findes ikke for dig (NOT_AVAILABLE)", "not there for you (NOT_AVAILABLE)"),
    "FORBIDDEN": Phrase("det må du ikke (FORBIDDEN)", "you may not do that (FORBIDDEN)"),
    "ERASED": Phrase("er slettet for altid (ERASED)", "was erased for good (ERASED)"),
    "RECORD_EXISTS": Phrase("findes allerede (RECORD_EXISTS)", "exists already (RECORD_EXISTS)"),
    "ALREADY_DECIDED": Phrase(
      "en anden nåede at afgøre det (ALREADY_DECIDED)", "somebody decided first (ALREADY_DECIDED)"),
    "INVALID_CONTENT": Phrase("ugyldigt indhold (INVALID_CONTENT)", "invalid content (INVALID_CONTENT)"),
    "TOO_LARGE": Phrase("for stort (TOO_LARGE)", "too large (TOO_LARGE)"),
    "MALFORMED": Phrase("serveren forstod det ikke (MALFORMED)", "the server could not read it (MALFORMED)"),
    "UNSUPPORTED": Phrase(
      "et af programmerne er for gammelt (UNSUPPORTED)", "one of the programs is too old (UNSUPPORTED)"),
    "LIMIT_EXCEEDED": Phrase("en grænse er nået (LIMIT_EXCEEDED)", "a limit is reached (LIMIT_EXCEEDED)"),
    "UNEXPECTED": Phrase("uventet besked (UNEXPECTED)", "an unexpected message (UNEXPECTED)"),
    "NO_COMMON_VERSION": Phrase(
      "ingen fælles version; opdater det ældste program (NO_COMMON_VERSION)",
      "no common version; update the older program (NO_COMMON_VERSION)"),
    "BAD_SIGNATURE": Phrase(
      "en underskrift passer ikke; tal med lederen før et nyt forsøg (BAD_SIGNATURE)",
      "a signature is wrong; talk to your leader before trying again (BAD_SIGNATURE)"),
    "FORKED": Phrase(
      "kopien er gendannet eller klonet; prøv igen (FORKED)",
      "the replica was restored or cloned; try again (FORKED)"),
    "EPOCH_MISMATCH": Phrase(
      "serveren har en anden historie; tal med lederen (EPOCH_MISMATCH)",
      "the server has another history; talk to your leader (EPOCH_MISMATCH)"),
    "WRONG_TENANT": Phrase(
      "en anden kommunes server svarer (WRONG_TENANT)", "another tenant's server answers (WRONG_TENANT)"),
    "RETRY": Phrase(
      "serveren har travlt; prøv igen om lidt (RETRY)", "the server is busy; try again (RETRY)"),
    "SUPERSEDED": Phrase(
      "enheden forbandt sig igen et andet sted (SUPERSEDED)",
      "the device connected anew elsewhere (SUPERSEDED)"
    ),
    "ALREADY_TAKEN": Phrase(
      "er der allerede (ALREADY_TAKEN)", "is there already (ALREADY_TAKEN)"),
    "WRONG_AUTHOR": Phrase(
      "skrevet af en anden end enhedens ejer (WRONG_AUTHOR)",
      "written by another than the device's owner (WRONG_AUTHOR)"),
    "UNKNOWN_DEVICE": Phrase(
      "serveren kender ikke denne enhed (UNKNOWN_DEVICE)",
      "the server does not know this device (UNKNOWN_DEVICE)"),
    "IN_RECOVERY": Phrase(
      "serveren har mistet sin hovedbog og sender intet, før en leder afslutter det med "
        + "kos recovery end (IN_RECOVERY)",
      "the server lost its ledger and sends nothing until a leader ends that with "
        + "kos recovery end (IN_RECOVERY)"
    ),
    "AWAITED": Phrase(
      "venter på noget, som andre enheder skal give serveren tilbage (AWAITED)",
      "waits for what other devices have to give back to the server (AWAITED)"),
    "QUARANTINE_FULL": Phrase(
      "så meget venter allerede på en afgørelse, at der ikke er plads til mere (QUARANTINE_FULL)",
      "so much waits for a decision already that there is no room for more (QUARANTINE_FULL)"),
    "WIDENED": Phrase(
      "venter på din bekræftelse: flere kan læse posten, end du vidste (WIDENED)",
      "waits for your confirmation: more may read the record than you knew (WIDENED)"),
    "withdrawn": Phrase("trukket tilbage af forfatteren", "taken back by its author"),
    "DECLINED": Phrase("afvist af den, der afgjorde det (DECLINED)", "refused by who decided (DECLINED)"),
    "NOT_OPENED": Phrase(
      "ikke forseglet til denne kommune, eller ændret (NOT_OPENED)",
      "not sealed to this tenant, or changed (NOT_OPENED)"),
    "NOT_PROVEN": Phrase(
      "intet viser, hvem der skrev det (NOT_PROVEN)", "nothing shows who wrote it (NOT_PROVEN)"),
    "not_needed": Phrase("ikke nødvendigt mere", "not needed any more"),
    "wrong_case": Phrase("hører til i en anden sag", "belongs to another case"),
    "not_entitled": Phrase(
      "forfatteren havde ikke noget at gøre i sagen", "its author had no business in the case"),
    "erased": Phrase("en post i det er slettet for altid", "a record of it was erased for good"),
    "BYTES_AWAITED": Phrase("ikke helt fremme endnu (BYTES_AWAITED)", "not all there yet (BYTES_AWAITED)"),
    "DIGEST_MISMATCH": Phrase(
      "kopien er beskadiget; vedhæft filen igen (DIGEST_MISMATCH)",
      "the copy is damaged; attach the file again (DIGEST_MISMATCH)"),
    "ATTACHMENT_EXISTS": Phrase(
      "en anden fil er der allerede (ATTACHMENT_EXISTS)",
      "another file is there already (ATTACHMENT_EXISTS)"),
    "TOO_MANY_UPLOADS": Phrase(
      "for mange ufærdige filer (TOO_MANY_UPLOADS)", "too many unfinished files (TOO_MANY_UPLOADS)"),
    "CODE_REFUSED": Phrase("koden gælder ikke (CODE_REFUSED)", "the code is not valid (CODE_REFUSED)"),
  ]

  private static let reasons: [String: Phrase] = [
    "connectionRefused": Phrase("ingen svarer på adressen", "nobody answers at the address"),
    "hostNotFound": Phrase("adressen findes ikke", "there is no such address"),
    "timedOut": Phrase("intet svar i tide", "no answer in time"),
    "timed_out": Phrase("intet svar i tide", "no answer in time"),
    "closed": Phrase("forbindelsen blev lukket", "the connection was closed"),
    "certificateRejected": Phrase(
      "serverens certifikat kan ikke godkendes", "the server's certificate cannot be trusted"),
    "handshakeRejected": Phrase(
      "noget andet end kosd svarer på adressen", "something other than kosd answers at the address"),
    "subprotocolRefused": Phrase(
      "serveren taler en anden version af protokollen eller er ikke kosd; opdater kos, eller spørg driften",
      "the server speaks another version of the protocol or is not kosd; update kos, or ask who runs it"),
    "plaintextNotAllowed": Phrase(
      "ukrypteret ws:// gælder kun på denne maskine", "plain ws:// is for this machine only"),
    "invalidConfiguration": Phrase(
      "adressen eller filen fra --ca kan ikke bruges", "the address or the file of --ca cannot be used"),
    "unavailable": Phrase("netværket kunne ikke bruges", "the network could not be used"),
    "cancelled": Phrase("afbrudt", "cancelled"),
    "busy": Phrase("en anden kos bruger kopien; prøv igen", "another kos uses the replica; try again"),
    "inUse": Phrase("en anden bruger kopien; prøv igen", "another program uses the replica; try again"),
    "diskFull": Phrase(
      "disken er fuld; gør plads, og prøv igen", "the disk is full; make room and try again"),
    "inputOutput": Phrase("disken fejler", "the disk fails"),
    "notAccessible": Phrase(
      "en fil eller mappe kan ikke bruges; se rettigheder, og om mappen over findes",
      "a file or folder cannot be used; look at its mode, and whether the folder above exists"),
    "newerSchema": Phrase(
      "kopien er skrevet af en nyere kos; brug den", "a newer kos wrote the replica; use that one"),
    "olderSchema": Phrase(
      "kopien er skrevet af en tidlig udgave af kos, som ikke kan læses mere",
      "an early version of kos wrote the replica, which cannot be read any more"),
    "tooLarge": Phrase("det er for stort; del det op", "it is too large; split it"),
    "CAUSALITY": Phrase(
      "noget, det bygger på, mangler (CAUSALITY)", "what it builds on is missing (CAUSALITY)"),
    "TOO_MANY_VALUES": Phrase("for mange værdier (TOO_MANY_VALUES)", "too many values (TOO_MANY_VALUES)"),
  ]

  private static let figures: [String: Phrase] = [
    "children_ever": Phrase("Børn indskrevet i alt", "Children enrolled ever"),
    "families_ever": Phrase("Familier indskrevet i alt", "Families enrolled ever"),
    "children_enrolled": Phrase("Børn indskrevet nu", "Children enrolled now"),
    "families_enrolled": Phrase("Familier indskrevet nu", "Families enrolled now"),
    "families_discharged": Phrase("Familier udskrevet", "Families discharged"),
    "families_enrolled_in_period": Phrase(
      "Familier indskrevet i perioden", "Families enrolled in the period"),
    "assessment_meetings": Phrase("Udredningsmøder", "Assessment meetings"),
    "analysis_meetings": Phrase("Analysemøder", "Analysis meetings"),
    "families_offered": Phrase("Familier spurgt", "Families asked"),
    "families_declined": Phrase("Familier takket nej", "Families that declined"),
  ]
}
