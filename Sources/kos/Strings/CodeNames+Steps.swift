/// What steps, their states, gates and parts are called, and what is wrong with a definition.
extension CodeNames {
  /// The names, by code.
  static let stepsAndPlans: [String: Phrase] = states.merging(mistakes) { first, _ in first }
    .merging(dimensions) { first, _ in first }.merging(triggers) { first, _ in first }

  private static let states: [String: Phrase] = [
    "not_begun": Phrase("ikke begyndt", "not begun"), "waiting": Phrase("venter", "waiting"),
    "done": Phrase("gjort", "done"), "skipped": Phrase("sprunget over", "left out"),
    "not_due": Phrase("ikke aktuelt", "not due"),
    "relevant_leader": Phrase("relevant leder", "relevant leader"),
    "family": Phrase("familien", "family"),
    "social_services": Phrase("det sociale område", "social services"),
    "lawful_basis": Phrase("lovmæssigt grundlag", "lawful basis"),
    "both_legal_areas": Phrase("begge lovområder", "both legal areas"),
    "with_parents": Phrase("med forældre", "with the parents"),
    "without_parents": Phrase("uden forældre", "without the parents"),
    "days_one": Phrase("dag", "day"), "days_many": Phrase("dag", "days"),
    "months_one": Phrase("måned", "month"), "months_many": Phrase("måned", "months"),
  ]

  private static let mistakes: [String: Phrase] = [
    "workflow_too_large": Phrase("filen er over 262.144 bytes", "the file has more than 262,144 bytes"),
    "workflow_not_utf8": Phrase("ikke tekst i UTF-8", "not text in UTF-8"),
    "workflow_not_yaml": Phrase("ikke YAML", "no YAML"),
    "workflow_anchor": Phrase(
      "& foran et ord: navne på værdier bruges ikke her", "& before a word: values are not named here"),
    "workflow_not_mapping": Phrase(
      "her skal stå nøgler med værdier", "keys with values should stand here"),
    "workflow_not_list": Phrase("her skal stå en liste", "a list should stand here"),
    "workflow_not_scalar": Phrase("her skal stå en tekst", "a text should stand here"),
    "workflow_unknown_key": Phrase("ukendt nøgle", "unknown key"),
    "workflow_missing_key": Phrase("her mangler", "missing here"),
    "workflow_doubled_key": Phrase("nøglen står to gange", "the key stands twice"),
    "workflow_doubled_code": Phrase("et andet trin hedder også", "another step is called this, too"),
    "workflow_bad_code": Phrase(
      "en kode har kun a-z, 0-9, _ og -", "a code has a-z, 0-9, _ and - alone"),
    "workflow_bad_version": Phrase("ikke et helt tal fra 1", "no whole number from 1"),
    "workflow_not_boolean": Phrase("hverken true eller false", "neither true nor false"),
    "workflow_unknown_kind": Phrase("ukendt slags post", "unknown kind of record"),
    "workflow_kind_shows_nothing": Phrase("viser intet trin", "shows no step"),
    "workflow_unknown_gate": Phrase("ukendt betingelse", "unknown gate"),
    "workflow_unknown_part": Phrase("ukendt rolle", "unknown role"),
    "workflow_unknown_condition": Phrase("ukendt situation", "unknown condition"),
    "workflow_unknown_phase": Phrase("hverken start eller operation", "neither start nor operation"),
    "workflow_unknown_step": Phrase("intet trin før dette hedder", "no step before this one is called"),
    "workflow_bad_cadence": Phrase(
      "skriv f.eks. 14 days eller 1 month", "write such as 14 days or 1 month"),
    "workflow_bad_text": Phrase("teksten er tom eller for lang", "the text is empty or too long"),
    "workflow_bad_count": Phrase("listen er tom eller for lang", "the list is empty or too long"),
  ]

  /// What the YAML parser finds wrong, in Danish, by a part of its own words.
  static let yamlProblems: [String: String] = [
    "mapping values are not allowed": "et kolon kan ikke stå her; sæt teksten i anførselstegn",
    "did not find expected key": "her skulle stå en nøgle; se efter indrykningen",
    "did not find expected '-' indicator": "her skulle stå en -; se efter indrykningen",
    "did not find expected ',' or ']'": "her skulle stå , eller ]",
    "did not find expected ',' or '}'": "her skulle stå , eller }",
    "could not find expected ':'": "her mangler et kolon efter nøglen",
    "cannot start any token": "tegnet kan ikke stå her; ryk ind med mellemrum, ikke tabulator",
    "found unexpected end of stream": "et anførselstegn eller en parentes bliver ikke lukket",
    "did not find expected <document start>": "her begynder noget, der ikke hører til det før",
    "block sequence entries are not allowed": "en liste kan ikke begynde her",
    "control characters are not allowed": "styretegn kan ikke stå her",
    "found unknown escape character": "ukendt tegn efter \\",
  ]

  private static let dimensions: [String: Phrase] = [
    "development": Phrase("udvikling og adfærd", "development and behaviour"),
    "learning": Phrase("dagtilbud, skole og læring", "day care, school and learning"),
    "leisure": Phrase("fritid og venskaber", "leisure and friendships"),
    "care": Phrase("sikkert omsorgsmiljø", "safe care environment"),
    "guidance": Phrase("stimulering og vejledning", "stimulation and guidance"),
    "relations": Phrase("støtte til relationer", "support of relations"),
    "background": Phrase("familiens situation og baggrund", "family situation and background"),
    "livelihood": Phrase("bolig, beskæftigelse og økonomi", "housing, employment and economy"),
    "network": Phrase("socialt netværk", "social network"),
  ]

  /// The major changes that have a name here; others are codes of the tenant's own.
  static let triggerCodes = triggers.keys.sorted()

  private static let triggers: [String: Phrase] = [
    "school_start": Phrase("skolestart", "school start"), "divorce": Phrase("skilsmisse", "divorce"),
    "worsening": Phrase("forværring af barnets tilstand", "worsening of the child's condition"),
    "moving_home": Phrase("boligskifte", "moving home"),
    "family_increase": Phrase("familieforøgelse", "family increase"),
  ]
}
