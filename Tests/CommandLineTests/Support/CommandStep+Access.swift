extension CommandStep {
  /// What gives and takes access to Anna's case, from the register's tables to the lists of what stands.
  static let access: [CommandStep] = tables + grants + signatures + restrictions

  private static let table: Set = ["record", "kind"]
  private static let forecast: Set = ["forecast", "missing_signatures"]
  private static let grant = recorded.union(forecast)
  private static let provision: Set = [
    "recipient", "subjects", "information_types", "purpose", "starts_at", "ends_at", "horizon",
  ]

  private static func stands(_ fields: Set<String>) -> Set<String> {
    fields.union(["record", "kind", "case", "case_id", "standing", "pending", "names"])
  }

  private static let tables: [CommandStep] = [
    .writing(
      "karin", ["organisation", "add", "--name", "Klinikken"], ["organisation", "name"], "in the register",
      "i registret"),
    .reading(
      "karin", ["organisation", "list"], ["organisation", "name", "sort", "pending"], "Sundhedsplejen",
      "Sundhedsplejen"),
    .writing(
      "karin",
      [
        "vouching", "add", "--person", "Hanne", "--organisation", "Sundhedsplejen", "--by", "Ole", "--months",
        "6",
      ], table, "Vouching is recorded", "Indeståelse er noteret"),
    .writing(
      "karin", ["vouching", "confirm", "1", "--months", "12"], table, "Vouching is recorded",
      "Indeståelse er noteret"),
    .reading(
      "karin", ["vouching", "list"],
      stands(["organisation", "person", "voucher", "starts_at", "confirmed_until", "ended"]),
      "in force  organisation: Sundhedsplejen; person: Hanne; by the word of: Ole",
      "gælder  organisation: Sundhedsplejen; person: Hanne; sagt af: Ole"),
    .writing(
      "lene",
      [
        "legal-basis", "add", "--code", "barnets_lov_12", "--invoker", "coordinator", "--type", "social",
        "--days-max", "400",
      ], table, "Legal basis is recorded", "Hjemmel er noteret"),
    .reading(
      "lene", ["legal-basis", "list"],
      stands([
        "code", "law", "roles", "persons", "information_types", "days_max", "valid_from", "valid_until",
        "ended", "complaint_body",
      ]), "roles: family coordinator; information: social", "roller: familiekoordinator; oplysninger: socialt"
    ),
    .writing(
      "lene", ["legal-basis", "complaint-body", "1", "Ankestyrelsen"], table, "Legal basis is recorded",
      "Hjemmel er noteret"),
    .writing(
      "lene",
      ["information-type", "add", "--type", "employment", "--role", "coordinator", "--role", "leder"],
      table, "Entry on an information type is recorded", "Regel om oplysningstype er noteret"),
    .reading(
      "lene", ["information-type", "list"],
      stands(["number", "name", "roles", "valid_from", "valid_until", "confirmed_by", "ended"]),
      "awaits a second leader", "mangler en leder mere"),
    .writing(
      "lene", ["information-type", "end", "1"], table, "is ended: type: employment",
      "er afsluttet: type: beskæftigelse", isOnce: true),
    .writing(
      "lene", ["authority-limit", "add", "--of", "coordinator", "--matter", "respite", "--amount", "500000"],
      table, "Authority limit is recorded", "Beløbsgrænse er noteret"),
    .reading(
      "lene", ["authority-limit", "list"],
      stands([
        "role", "person", "matter", "amount", "valid_from", "valid_until", "confirmed_by", "ended",
      ]), "matter: respite care; amount: DKK 500,000", "beløb: 500.000 kroner"),
    .writing(
      "lene", ["authority-limit", "end", "1"], table, "Authority limit is ended",
      "Beløbsgrænse er afsluttet", isOnce: true),
  ]

  private static let grants: [CommandStep] = [
    .writing(
      "karin",
      [
        "consent", "give", "F01", "--to", "Hanne", "--about", "Anna", "--type", "health", "--for",
        "coordination", "--months", "6", "--evidence-text", "givet i dag", "--signed-by", "Mor",
      ], grant, "Hanne (involved professional) would see: health 1 of 1, social 0 of 1",
      "Hanne (involveret fagperson) ville se: sundhed 1 af 1, socialt 0 af 1"),
    .reading(
      "karin", ["consent", "list", "F01"],
      stands(provision.union(["form", "evidence", "required_signers", "signatures", "withdrawals"])),
      "awaits signatures", "mangler underskrifter"),
    .reading(
      "karin", ["consent", "show", "F01", "1"],
      stands(provision.union(["form", "evidence", "required_signers", "signatures", "withdrawals"])).union([
        "missing_signatures", "without_grantor",
      ]), "Yet to sign: Far", "Mangler at skrive under: Far"),
    .writing(
      "karin",
      [
        "ground", "invoke", "F01", "--basis", "barnets_lov_12", "--to", "Sundhedsplejen", "--type", "social",
        "--for", "early_prevention", "--months", "1",
      ], grant, "social 1 of 1", "socialt 1 af 1"),
    .reading(
      "karin", ["ground", "list", "F01"], stands(provision.union(["basis", "reason", "ended"])),
      "basis: barnets_lov_12", "hjemmel: barnets_lov_12"),
    .writing(
      "karin", ["ground", "end", "F01", "1"], recorded, "Ground is ended", "Påberåbt hjemmel er afsluttet",
      isOnce: true),
    .writing(
      "karin", ["release", "give", "F01", "--to", "Mor", "--type", "plan"], grant,
      "Mor (parent) would see: health 0 of 1, social 0 of 1, plan 1 of 1",
      "Mor (forælder) ville se: sundhed 0 af 1, socialt 0 af 1, plan 1 af 1"),
    .reading(
      "karin", ["release", "list", "F01"],
      stands([
        "person", "records", "information_types", "subjects", "starts_at", "ends_at", "horizon", "ended",
      ]), "in force  person: Mor; information: plan; about: Anna", "gælder  person: Mor; oplysninger: plan"),
    .writing(
      "karin", ["release", "end", "F01", "1"], recorded, "Release is ended", "Frigivelse er afsluttet",
      isOnce: true),
  ]

  private static let signatures: [CommandStep] = [
    .writing(
      "karin", ["consent", "sign", "F01", "1", "--by", "Far"],
      recorded.union(["signed_by", "missing_signatures"]), "Far has signed.", "Far har skrevet under."),
    .writing(
      "karin", ["consent", "withdraw", "F01", "1", "--by", "Mor"], recorded.union(["withdrawn_by"]),
      "sends the recipient nothing new", "sender den modtageren intet nyt"),
    .reading(
      "karin", ["explain", "--for", "Hanne", "--case", "F01"],
      ["case", "case_id", "person", "name", "assumed_role", "at", "readable", "types"],
      "The server decides", "Serveren afgør"),
  ]

  private static let restrictions: [CommandStep] = [
    .reading(
      "karin", ["custody", "show", "F01"],
      stands(["subject", "holder", "source", "starts_at", "ends_at", "status", "evidence"]),
      "in force  of: Anna; holder:", "gælder  om: Anna; indehaver:"),
    .writing(
      "karin", ["withholding", "add", "F01", "--from", "Far", "--about", "Anna", "--reason", "fare"], grant,
      "Far (parent) would see: health 0 of 1", "Far (forælder) ville se: sundhed 0 af 1"),
    .reading(
      "karin", ["withholding", "list", "F01"], stands(["person", "records", "subjects", "cases", "reason"]),
      "in force  person: Far; about: Anna; reason: fare", "gælder  person: Far; om: Anna; grund: fare"),
    .writing(
      "lene", ["break-glass", "F01", "--reason", "ingen svarer"], recorded.union(["ends_at", "told"]),
      "four hours from when the server has this. Told of it in kos status and kos watch: Karin",
      "De får besked i kos status og kos watch: Karin"),
    .writing(
      "karin", ["vouching", "end", "1"], table, "Vouching is ended",
      "Indeståelse er afsluttet", isOnce: true),
    .writing(
      "lene", ["legal-basis", "end", "1"], table, "Legal basis is ended", "Hjemmel er afsluttet", isOnce: true
    ),
  ]
}
