/// The rules of the access policy in words: why somebody may or may not.
extension CodeNames {
  /// What a rule says; a rule without words is shown as it is.
  static func rule(_ code: String, in language: Language) -> String {
    rules[code]?.text(in: language, []) ?? code.shown
  }

  private static let rules: [String: Phrase] = allowing.merging(denying) { first, _ in first }

  private static let allowing: [String: Phrase] = [
    "register-staff": Phrase("ansatte læser registret", "staff read the register"),
    "leader-register": Phrase(
      "ledere læser navne, trin og dage i hver sag", "leaders read names, steps and days of every case"),
    "leader-step": Phrase("det er et trin for ledere", "it is a step that leaders take"),
    "case-opening": Phrase("ledere og koordinatorer åbner sager", "leaders and coordinators open cases"),
    "first-participant": Phrase(
      "den, der åbner en sag, deltager først", "who opened a case takes part in it first"),
    "participant": Phrase("deltager som ansat i sagen", "takes part in the case as staff"),
    "coordinator-participants": Phrase(
      "sagens koordinator siger, hvem der deltager", "the case's coordinator says who takes part"),
    "alias-owner": Phrase("det er indberetterens egen opdatering", "it is the reporter's own update"),
    "alias-coordinator": Phrase(
      "sagens koordinator læser opdateringer", "the case's coordinator reads updates"),
    "coordinator-governing": Phrase(
      "sagens koordinator giver og tager adgang", "the case's coordinator gives and takes access"),
    "analysis-team": Phrase(
      "analyseteamet når det, analysemøder har brug for", "the analysis team reaches what its meetings need"),
    "consent": Phrase("et samtykke dækker posten", "a consent covers the record"),
    "legal-basis": Phrase("en anden hjemmel dækker posten", "another legal basis covers the record"),
    "release": Phrase("posten er frigivet til forælderen", "the record was released to the parent"),
    "own-record": Phrase("har selv skrevet posten", "wrote the record"),
    "grantor": Phrase(
      "samtykket er forælderens at give og trække tilbage", "the consent is the parent's to sign and withdraw"
    ),
    "audience": Phrase("er nævnt i kredsen om oplysningen", "is named in the contact's audience"),
    "break-glass": Phrase("nødadgang i fire timer", "break-glass, for four hours"),
    "oversight": Phrase(
      "databeskyttelsesrådgiveren ser, hvad der giver og tager adgang",
      "the data protection officer sees what gives and takes access"),
    "invoker": Phrase("hjemlen kan påberåbes af personen", "the legal basis is the person's to invoke"),
    "leader-tables": Phrase("ledere fører registrets tabeller", "leaders keep the register's tables"),
  ]

  private static let denying: [String: Phrase] = [
    "no-account": Phrase("ingen konto er kendt her", "no account is known here"),
    "unknown-kind": Phrase("denne version kender ikke posten", "this version does not know such records"),
    "misplaced": Phrase("posten ligger et forkert sted", "the record lies where it does not belong"),
    "role-insufficient": Phrase("rollen giver det ikke", "the role does not allow it"),
    "no-participation": Phrase("deltager ikke i sagen", "does not take part in the case"),
    "not-alias-owner": Phrase(
      "hverken indberetteren eller sagens koordinator", "neither the reporter nor the case's coordinator"),
    "append-only": Phrase("en sendt opdatering ændres ikke", "an update that was sent is not changed"),
    "leader-only": Phrase("det gør kun en leder", "only a leader does this"),
    "self-grant": Phrase("ingen giver sig selv ret", "nobody gives rights to himself"),
    "role-not-held": Phrase(
      "rollen i kommunen rækker ikke til den i sagen",
      "the role in the tenant does not warrant that in the case"),
    "alias-taken": Phrase("aliasset er optaget", "the alias is taken"),
    "case-exists": Phrase("sagen findes", "the case exists"),
    "unknown-case": Phrase("der er ingen sådan sag", "there is no such case"),
    "already-allocated": Phrase("sagen er tildelt", "the case is allocated"),
    "participation-fixed": Phrase("en deltagelse gives én gang", "a participation is given once"),
    "withheld": Phrase("er tilbageholdt fra personen", "is withheld from the person"),
    "protected-contact": Phrase(
      "oplysningen er lukket for alle uden for sin kreds", "the contact is closed to all but its audience"),
    "outside-audience": Phrase(
      "posten er lukket for alle uden for sin kreds", "the record is closed to all but its audience"),
    "type-not-reached": Phrase(
      "rollen når ikke den slags oplysninger", "the role does not reach that type of information"),
    "no-ground": Phrase(
      "intet samtykke, ingen hjemmel og ingen frigivelse dækker posten",
      "no consent, other legal basis or release covers the record"),
    "not-vouched-for": Phrase(
      "ingen organisation indestår for personen nu", "no organisation vouches for the person now"),
    "read-only": Phrase("læser, men ændrer ikke", "reads it and does not change it"),
    "suspended": Phrase(
      "posten kom fra en anden kommune og er ikke bekræftet her",
      "the record came from another municipality and is not confirmed here"),
    "moved-away": Phrase(
      "sagen er flyttet til en anden kommune", "the case was moved to another municipality"),
    "beyond-authority": Phrase(
      "beløbet er over grænsen; det går til visitation", "it is beyond the limit and goes to visitation"),
    "erased": Phrase("to personer fik den slettet for altid", "two persons had it erased for good"),
    "names-erased": Phrase(
      "den, det nævner, er slettet fra registret", "whom it names was erased from the register"),
    "still-named": Phrase(
      "den, der skulle slettes, har en konto eller nævnes af noget, der gælder",
      "who was to be erased has an account, or is named by something that counts"),
    "given-once": Phrase("det gives én gang", "it is given once"),
    "basis-does-not-allow": Phrase(
      "hjemlen gælder ikke, ikke for dette eller ikke så længe",
      "the legal basis is not in force, or not for this or for so long"),
    "malformed": Phrase("posten siger ikke, hvad den skal", "the record does not say what it must"),
  ]
}
