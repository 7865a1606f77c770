/// What the columns and codes of reports, surveys and printed pages are called.
extension CodeNames {
  /// The names, by code.
  static let measurement: [String: Phrase] = columns.merging(memo) { first, _ in first }
    .merging(dimensions) { first, _ in first }.merging(disclosures) { first, _ in first }

  private static let columns: [String: Phrase] = [
    "figure": Phrase("tal", "figure"), "value": Phrase("værdi", "value"),
    "reached": Phrase("nåede det", "reached it"), "median_days": Phrase("median, dage", "median, days"),
    "ninetieth_percentile_days": Phrase("90 % højst, dage", "90 % at most, days"),
    "longest_days": Phrase("længst, dage", "longest, days"),
    "waiting": Phrase("venter nu", "waiting now"),
    "waiting_median_days": Phrase("median hidtil", "median so far"),
    "waiting_longest_days": Phrase("længst hidtil", "longest so far"),
    "untold": Phrase("vides ikke", "not known"), "delivery": Phrase("aflevering", "delivery"),
    "month": Phrase("måned", "month"), "coordinator": Phrase("koordinator", "coordinator"),
    "families": Phrase("familier", "families"), "contacted": Phrase("kontaktet", "contacted"),
    "missed": Phrase("ikke kontaktet", "not contacted"),
    "share_percent": Phrase("andel, %", "share, %"), "total": Phrase("i alt", "total"),
    "unallocated": Phrase("uden koordinator", "without coordinator"),
    "cases": Phrase("sager", "cases"), "first_shared": Phrase("samme første", "same first"),
    "first_other": Phrase("anden første", "other first"),
    "first_shared_percent": Phrase("samme første, %", "same first, %"),
    "goals": Phrase("mål", "goals"),
    "goals_ranked": Phrase("mål i begge rækkefølger", "goals in both orders"),
    "mean_difference": Phrase("forskel i gennemsnit", "mean difference"),
    "yes": Phrase("ja", "yes"), "no": Phrase("nej", "no"),
    "respondent": Phrase("hvem", "who"), "dimension": Phrase("spørgsmål", "question"),
    "measurement": Phrase("måling", "measurement"), "answers": Phrase("svar", "answers"),
    "mean": Phrase("gennemsnit", "mean"),
    "pairs": Phrase("sager med første måling", "cases with a first one"),
    "progress": Phrase("fremgang", "progress"), "family": Phrase("familien", "family"),
    "matter": Phrase("emne", "matter"), "decided_by": Phrase("afgjort af", "decided by"),
    "decisions": Phrase("afgørelser", "decisions"), "other": Phrase("andet", "other"),
    "median_kroner": Phrase("median, kroner", "median, kroner"),
    "lowest_kroner": Phrase("lavest, kroner", "lowest, kroner"),
    "highest_kroner": Phrase("højest, kroner", "highest, kroner"),
    "spread_kroner": Phrase("spredning, kroner", "spread, kroner"),
  ]

  private static let memo: [String: Phrase] = [
    "children_discharged": Phrase("Børn udskrevet", "Children discharged"),
    "children_enrolled_in_period": Phrase("Børn indskrevet i perioden", "Children enrolled in the period"),
    "children_discharged_in_period": Phrase("Børn udskrevet i perioden", "Children discharged in the period"),
    "families_discharged_in_period": Phrase(
      "Familier udskrevet i perioden", "Families discharged in the period"),
    "families_accepted": Phrase("Familier takket ja", "Families that accepted"),
    "families_refused": Phrase("Familier, hvis svar er nej", "Families whose answer is no"),
    "families_unanswered": Phrase("Familier uden svar endnu", "Families without an answer yet"),
    "acceptance_percent": Phrase("Takket ja, %", "Accepted, %"),
    "assessment_meetings_in_period": Phrase(
      "Udredningsmøder i perioden", "Assessment meetings in the period"),
    "analysis_meetings_in_period": Phrase("Analysemøder i perioden", "Analysis meetings in the period"),
    "interruptions": Phrase("Afbrydelser", "Interruptions"),
    "interrupted_days": Phrase("Afbrudte dage i perioden", "Interrupted days in the period"),
    "training_days_held": Phrase("Uddannelsesdage holdt", "Training days held"),
    "training_days_left": Phrase("Uddannelsesdage tilbage", "Training days left"),
    "covid": Phrase("covid-19", "covid-19"),
  ]

  private static let dimensions: [String: Phrase] = [
    "entrance": Phrase("én indgang", "one entrance"),
    "dialogue": Phrase("tid til dialog", "time for dialogue"),
    "flexibility": Phrase("fleksibilitet", "flexibility"),
    "whole_family": Phrase("kender hele familien", "knows the whole family"),
    "speed": Phrase("hurtigere", "faster"), "all_round": Phrase("hele vejen rundt", "all the way round"),
    "overview": Phrase("overblik", "overview"), "ideas": Phrase("konkrete idéer", "concrete ideas"),
    "coherence": Phrase("sammenhæng", "coherence"), "involvement": Phrase("inddragelse", "involvement"),
    "trust": Phrase("tillid", "trust"), "everyday_effect": Phrase("effekt i hverdagen", "everyday effect"),
    "shared_responsibility": Phrase("fælles ansvar", "shared responsibility"),
    "acquaintance": Phrase("personligt kendskab", "acquaintance"),
    "other_departments": Phrase("andre afdelinger", "other departments"),
    "closeness": Phrase("tæt på familien", "close to the family"),
  ]

  private static let disclosures: [String: Phrase] = [
    "minutes": Phrase("referat", "minutes"), "visit_sheet": Phrase("besøgsark", "visit sheet"),
    "entered_in_error": Phrase("taget tilbage", "entered in error"),
    "mother": Phrase("mor", "mother"), "father": Phrase("far", "father"),
    "sibling": Phrase("søskende", "sibling"), "grandparent": Phrase("bedsteforælder", "grandparent"),
    "respite": Phrase("aflastning", "respite care"), "transport": Phrase("kørsel", "transport"),
    "lost_earnings": Phrase("tabt arbejdsfortjeneste", "lost earnings"),
  ]
}
