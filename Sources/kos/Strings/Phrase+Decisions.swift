/// Decisions, and conflicts between records.
extension Phrase {
  static let decisionIssued = Phrase(
    "Afgørelsen er truffet. Klagefristen er {0} {0:uge|uger} fra den dag, familien får den; klager afgøres "
      + "af {1}. Aflever den: kos decision deliver",
    "The decision is issued. Complaints may come until {0} {0:week|weeks} after the day on which the family "
      + "has it; they are decided by {1}. Deliver it: kos decision deliver")
  static let noComplaintBody = Phrase(
    "Brevet skal sige, hvem der afgør klager (forvaltningsloven § 25), og det kendes ikke for {0}. Sig det: "
      + "--complaint-to HVEM. Eller sig det i registret, når loven oprettes eller senere: "
      + "kos legal-basis add --complaint-body, kos legal-basis complaint-body",
    "The letter must say who decides complaints (forvaltningsloven § 25), and for {0} that is not known. Say "
      + "it: --complaint-to WHO. Or say it in the register, when the law is added or later: "
      + "kos legal-basis add --complaint-body, kos legal-basis complaint-body")
  static let decisionDelivered = Phrase(
    "Afgørelsen er afleveret {0}. Klagefristen er {1}.",
    "The decision was delivered {0}. Complaints may come until {1}.")
  static let complaintFromDelivery = Phrase(
    "{0} {0:dag|dage} fra afleveringen; den er ikke afleveret",
    "{0} {0:day|days} from the delivery; it is not delivered")
  static let decisionIsIssued = Phrase(
    "Afgørelsen er truffet og ændres ikke; træk den tilbage, og forbered en ny.",
    "The decision is issued and is not changed; withdraw it and prepare another.")
  static let decisionAwaits = Phrase(
    "Afgørelsen er ikke truffet endnu: kos decision issue",
    "The decision has not been issued yet: kos decision issue")
  static let changeWhat = Phrase(
    "Sig, hvad der rettes: --amount, --outcome, --law eller --text.",
    "Say what changes: --amount, --outcome, --law or --text.")
  static let changeWhatOfPerson = Phrase(
    "Sig, hvad der rettes: --name, --title, --legal-area eller --organisation.",
    "Say what changes: --name, --title, --legal-area or --organisation.")
  static let noLawfulBasis = Phrase(
    "Grundlaget for afgørelsen mangler noget: {0}. Skal der afgøres alligevel: --despite HVORFOR",
    "The basis for the decision lacks something: {0}. To decide all the same: --despite WHY")
  static let assessmentMissing = Phrase("familien er ikke udredt", "the family was not assessed")
  static let lacksLegalArea = Phrase(
    "udredningen mangler det ene lovområde (socialt eller skole)",
    "the assessment lacks one of the legal areas (social services or school)")
  static let informationMissing = Phrase(
    "oplysninger er ikke kommet: {0}", "information has not come: {0}")
  static let beyondYourAuthority = Phrase("Det er ikke dit at afgøre. {0}", "It is not yours to decide. {0}")
  static let decidedByNobody = Phrase(
    "Her kendes ingen, der må afgøre {0} med det beløb. En leder foreslår en grænse, og en anden bekræfter "
      + "den: kos authority-limit add --of ROLLE --matter {1} --amount BELØB",
    "Nobody is known here who may decide {0} with that amount. A leader proposes a limit, and another one "
      + "confirms it: kos authority-limit add --of ROLE --matter {1} --amount AMOUNT")
  static let goesToVisitationOf = Phrase(
    "Du har ingen grænse for {0}, der rækker; det afgøres af {1}.",
    "You have no limit on {0} that is enough; it is decided by {1}.")
  static let anybodyInRole = Phrase("en {0}", "a {0}")
  static let reasonsNotHere = Phrase(
    "Begrundelsen er ikke på denne maskine.", "The reasons are not on this machine.")
  static let reasonsToReadFirst = Phrase(
    "Begrundelsen er ikke på denne maskine: den, der afgør, skal have læst den. Bed koordinatoren om at "
      + "deltage i sagen: kos participant add",
    "The reasons are not on this machine: whoever decides must have read them. Ask the coordinator to take "
      + "part in the case: kos participant add")
  static let severalCases = Phrase(
    "Flere sager hedder {0}. Skriv begyndelsen af id'et: {1}",
    "Several cases are called {0}. Use the beginning of the id: {1}")
  static let deliveredBefore = Phrase(
    "Afgørelsen er truffet {0} og kan ikke være afleveret før.",
    "The decision was issued on {0} and cannot have been delivered before.")
  static let deliveredAlready = Phrase(
    "Afgørelsen er allerede afleveret {0}.", "The decision was delivered on {0} already.")
  static let settleHow = Phrase(
    "Sig, om det skal stå (--accept) eller er rettet (--corrected), og hvorfor (--reason).",
    "Say whether it stands (--accept) or was corrected (--corrected), and why (--reason).")
  static let settled = Phrase(
    "Det er noteret, og kan afgøres igen: kos conflicts --settled",
    "It is recorded, and can be settled anew: kos conflicts --settled")
  static let settleHint = Phrase(
    "Afgør med: kos resolve NUMMER --accept | --corrected --reason HVORFOR",
    "Settle with: kos resolve NUMBER --accept | --corrected --reason WHY")
  static let nothingSettled = Phrase("Intet er afgjort.", "Nothing was settled.")
  static let settledSo = Phrase("   {0}: {1} – {2}", "   {0}: {1} – {2}")
  static let settleAnewHint = Phrase(
    "Afgør igen med: kos resolve ID --accept | --corrected --reason HVORFOR",
    "Settle anew with: kos resolve ID --accept | --corrected --reason WHY")
  static let resolveRule = Phrase(
    "{0} er en regel, der er brudt. Brug --accept eller --corrected, og --reason HVORFOR.",
    "{0} is a rule that was broken. Use --accept or --corrected, and --reason WHY.")
}
