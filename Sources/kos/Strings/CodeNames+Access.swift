/// What kinds, roles, information types, standings and fields are called by which access is given and taken.
extension CodeNames {
  /// The names, by code.
  static let access: [String: Phrase] = governed.merging(roles) { first, _ in first }
    .merging(types) { first, _ in first }.merging(standings) { first, _ in first }
    .merging(fields) { first, _ in first }.merging(words) { first, _ in first }

  private static let governed: [String: Phrase] = [
    "consent": Phrase("samtykke", "consent"), "ground": Phrase("påberåbt hjemmel", "ground"),
    "release": Phrase("frigivelse", "release"), "withholding": Phrase("tilbageholdelse", "withholding"),
    "reclassification": Phrase("omklassificering", "reclassification"),
    "custody": Phrase("forældremyndighed", "custody"), "break_glass": Phrase("nødadgang", "break-glass"),
    "protected_contact": Phrase("beskyttet kontaktoplysning", "protected contact"),
    "vouching": Phrase("indeståelse", "vouching"), "legal_basis": Phrase("hjemmel", "legal basis"),
    "information_type": Phrase("regel om oplysningstype", "entry on an information type"),
    "authority_limit": Phrase("beløbsgrænse", "authority limit"),
    "erasure": Phrase("sletning", "erasure"), "transfer": Phrase("flytning", "transfer"),
    "arrival": Phrase("ankomst", "arrival"),
    "register_erasure": Phrase("sletning fra registret", "erasure from the register"),
  ]

  private static let roles: [String: Phrase] = [
    "analysis_team": Phrase("analyseteam", "analysis team"),
    "involved_professional": Phrase("involveret fagperson", "involved professional"),
    "parent": Phrase("forælder", "parent"),
    "data_protection_officer": Phrase("databeskyttelsesrådgiver", "data protection officer"),
    "administrator": Phrase("administrator", "administrator"),
  ]

  private static let types: [String: Phrase] = [
    "health": Phrase("sundhed", "health"), "school": Phrase("skole", "school"),
    "social": Phrase("socialt", "social"), "economy": Phrase("økonomi", "economy"),
    "coordination": Phrase("koordinering", "coordination"),
    "employment": Phrase("beskæftigelse", "employment"), "day_care": Phrase("dagtilbud", "day care"),
  ]

  private static let standings: [String: Phrase] = [
    "in_force": Phrase("gælder", "in force"), "not_begun": Phrase("ikke begyndt", "not begun"),
    "expired": Phrase("udløbet", "expired"), "withdrawn": Phrase("trukket tilbage", "withdrawn"),
    "awaits_signatures": Phrase("mangler underskrifter", "awaits signatures"),
    "no_grantor": Phrase("ingen kan give det", "nobody to give it"),
    "awaits_confirmation": Phrase("mangler en leder mere", "awaits a second leader"),
    "prepared": Phrase("forberedt, ikke truffet", "prepared, not issued"),
    "issue_again": Phrase("skal træffes igen", "must be issued again"),
    "not_received": Phrase("ikke modtaget af serveren", "not received by the server"),
    "basis_not_in_force": Phrase("hjemlen gælder ikke", "its legal basis is not in force"),
    "incomplete": Phrase("ufuldstændig, uden virkning", "incomplete, without effect"),
    "undetermined": Phrase("afgøres af serveren", "the server decides"),
  ]

  private static let fields: [String: Phrase] = [
    "recipient": Phrase("modtager", "recipient"), "subjects": Phrase("om", "about"),
    "information_types": Phrase("oplysninger", "information"), "purpose": Phrase("formål", "purpose"),
    "starts_at": Phrase("fra", "from"), "ends_at": Phrase("til", "until"),
    "horizon": Phrase("modtaget siden", "received since"),
    "required_signers": Phrase("skal skrive under", "must sign"),
    "signatures": Phrase("underskrevet af", "signed by"), "basis": Phrase("hjemmel", "basis"),
    "reason": Phrase("grund", "reason"), "records": Phrase("poster", "records"),
    "record": Phrase("post", "record"), "about": Phrase("om", "about"),
    "audience_persons": Phrase("læses kun af", "read only by"),
    "audience_roles": Phrase("læses kun af rollerne", "read only by the roles"),
    "excluded_persons": Phrase("ikke af", "not by"),
    "excluded_roles": Phrase("ikke af rollerne", "not by the roles"),
    "subject": Phrase("om", "of"), "holder": Phrase("indehaver", "holder"),
    "source": Phrase("kilde", "source"), "voucher": Phrase("sagt af", "by the word of"),
    "confirmed_until": Phrase("bekræftet til", "confirmed until"), "code": Phrase("kode", "code"),
    "law": Phrase("lov", "law"), "roles": Phrase("roller", "roles"), "role": Phrase("rolle", "role"),
    "persons": Phrase("personer", "persons"), "days_max": Phrase("højst dage", "days at most"),
    "valid_from": Phrase("fra", "from"), "valid_until": Phrase("til", "until"),
    "number": Phrase("type", "type"), "name": Phrase("navn", "name"),
    "confirmed_by": Phrase("bekræftet af", "confirmed by"), "matter": Phrase("sagens art", "matter"),
    "card": Phrase("kort", "card"), "confirmed": Phrase("bekræftet", "confirmed"),
    "archived": Phrase("arkiveret", "archived"),
    "amount": Phrase("beløb", "amount"), "sort": Phrase("art", "sort"), "text": Phrase("tekst", "text"),
  ]

  private static let words: [String: Phrase] = [
    "written": Phrase("skriftligt", "written"), "oral": Phrase("mundtligt", "oral"),
    "digital": Phrase("digitalt", "digital"), "civil_register": Phrase("folkeregistret", "civil register"),
    "court": Phrase("retten", "court"), "family": Phrase("familien", "family"),
  ]
}
