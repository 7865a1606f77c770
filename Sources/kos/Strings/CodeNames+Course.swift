/// What the kinds and codes of a case's whole course are called.
extension CodeNames {
  /// The names, by code.
  static let course: [String: Phrase] = courseKinds.merging(outcomes) { first, _ in first }
    .merging(requested) { first, _ in first }.merging(courseFields) { first, _ in first }
    .merging(stepsAndPlans) { first, _ in first }

  private static let courseKinds: [String: Phrase] = [
    "workflow": Phrase("sagsflow", "workflow"), "step": Phrase("trin", "step"),
    "information_request": Phrase("indhentning", "information request"),
    "follow_up_meeting": Phrase("opfølgningsmøde", "follow-up meeting"),
    "agenda_item": Phrase("dagsordenspunkt", "agenda item"),
    "intervention": Phrase("indsats", "intervention"), "decision": Phrase("afgørelse", "decision"),
    "decision_reasons": Phrase("begrundelse", "reasons"), "task": Phrase("opgave", "task"),
    "funding_share": Phrase("finansieringsandel", "funding share"),
    "survey_response": Phrase("spørgeskemasvar", "survey response"),
    "disclosure": Phrase("videregivelse", "disclosure"), "settlement": Phrase("afklaring", "settlement"),
    "training_day": Phrase("uddannelsesdag", "training day"),
    "interruption": Phrase("afbrydelse", "interruption"), "target": Phrase("måltal", "target"),
  ]

  private static let outcomes: [String: Phrase] = [
    "requested": Phrase("bedt om", "requested"), "in_progress": Phrase("i gang", "in progress"),
    "completed": Phrase("udført", "completed"), "rejected": Phrase("afvist", "rejected"),
    "cancelled": Phrase("aflyst", "cancelled"), "proposed": Phrase("foreslået", "proposed"),
    "agreed": Phrase("aftalt", "agreed"), "running": Phrase("i gang", "running"),
    "granted": Phrase("bevilget", "granted"),
    "granted_in_part": Phrase("delvist bevilget", "granted in part"),
    "refused": Phrase("afslag", "refused"), "issued": Phrase("truffet", "issued"),
    "plan_basis": Phrase("grundlag for planen", "basis for the plan"),
    "missing_information": Phrase("oplysninger mangler", "information is missing"),
    "digital_post": Phrase("digital post", "digital post"), "letter": Phrase("brev", "letter"),
    "by_hand": Phrase("overrakt", "by hand"), "corrected": Phrase("rettet", "corrected"),
  ]

  private static let requested: [String: Phrase] = [
    "ppv": Phrase("PPV", "educational-psychological assessment"),
    "section_50": Phrase("børnefaglig undersøgelse", "statutory child assessment"),
    "external_assessment": Phrase("ekstern vurdering", "external assessment"),
    "digital_messages": Phrase("digitale beskeder", "digital messages"),
  ]

  private static let courseFields: [String: Phrase] = [
    "intervention": Phrase("indsats", "intervention"), "outcome": Phrase("udfald", "outcome"),
    "reasons": Phrase("begrundelse", "reasons"), "issued_by": Phrase("truffet af", "issued by"),
    "issued_on": Phrase("truffet", "issued on"), "complaint_until": Phrase("klagefrist", "complaint until"),
    "delivered_on": Phrase("afleveret", "delivered on"), "delivery_form": Phrase("hvordan", "how"),
    "explained_on": Phrase("forklaret", "explained on"),
  ]
}
