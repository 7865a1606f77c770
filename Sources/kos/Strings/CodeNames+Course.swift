/// What the kinds and codes of a case's whole course are called.
extension CodeNames {
  /// The names, by code.
  static let course: [String: Phrase] = [
    outcomes, requested, broken, contacts, courseFields, measurement, duties, developments, stepsAndPlans,
  ].reduce(courseKinds) { $0.merging($1) { first, _ in first } }

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
    "called": Phrase("indkaldt", "called"), "held": Phrase("holdt", "held"),
    "overdue": Phrase("over tiden", "overdue"), "waived": Phrase("undværes", "waived"),
    "by_hand": Phrase("overrakt", "by hand"), "corrected": Phrase("rettet", "corrected"),
  ]

  private static let broken: [String: Phrase] = [
    "several_coordinators": Phrase("flere koordinatorer", "several coordinators"),
    "closed_with_risk": Phrase(
      "sagen blev lukket, og der er nyt, der bekymrer", "the case was closed, and there is worrying news"),
    "double_booking": Phrase("samme møde er indkaldt to gange", "the same meeting was called twice"),
    "visit_logged_twice": Phrase(
      "samme besøg er noteret af flere", "the same visit was logged by several people"),
    "goal_changed_after_agreement": Phrase(
      "et mål er ændret, efter at familien sagde ja til planen",
      "a goal was changed after the family agreed the plan"),
    "plan_version_twice": Phrase("to planer har samme nummer", "two plans have the same number"),
    "decided_twice": Phrase("to afgørelser om samme indsats", "two decisions on one intervention"),
    "assessment_begun_twice": Phrase(
      "samme udredning er begyndt af flere, eller på to enheder; skriv videre i den nyeste",
      "the same assessment was begun by several people, or on two devices; write on in the newest"),
  ]

  private static let requested: [String: Phrase] = [
    "ppv": Phrase("PPV", "educational-psychological assessment"),
    "section_50": Phrase("børnefaglig undersøgelse", "statutory child assessment"),
    "external_assessment": Phrase("ekstern vurdering", "external assessment"),
    "digital_messages": Phrase("digitale beskeder", "digital messages"),
  ]

  private static let contacts: [String: Phrase] = [
    "address": Phrase("adresse", "address"), "whereabouts": Phrase("opholdssted", "whereabouts"),
    "meeting_place": Phrase("mødested", "meeting place"), "cpr": Phrase("CPR-nummer", "CPR number"),
  ]

  private static let courseFields: [String: Phrase] = [
    "intervention": Phrase("indsats", "intervention"), "outcome": Phrase("udfald", "outcome"),
    "reasons": Phrase("begrundelse", "reasons"), "issued_by": Phrase("truffet af", "issued by"),
    "form": Phrase("form", "form"), "video": Phrase("video", "video"), "urgency": Phrase("hast", "urgency"),
    "label": Phrase("navnet i lister", "the name in lists"), "answer": Phrase("svar", "answer"),
    "legal_area": Phrase("lovområde", "legal area"), "relation": Phrase("relation", "relation"),
    "cause": Phrase("årsag", "cause"), "what": Phrase("hvad", "what"),
    "issued_on": Phrase("truffet", "issued on"), "complaint_until": Phrase("klagefrist", "complaint until"),
    "complaint_body": Phrase("klageinstans", "complaint body"),
    "delivered_on": Phrase("afleveret", "delivered on"), "delivery_form": Phrase("hvordan", "how"),
    "explained_on": Phrase("forklaret", "explained on"),
    "early_warning": Phrase("tidlig advarsel", "early warning"), "trigger": Phrase("anledning", "trigger"),
    "discharged_on": Phrase("udskrevet", "discharged on"),
    "planned_on": Phrase("indkaldt til", "called for"), "held_on": Phrase("holdt", "held on"),
    "agreed_on": Phrase("aftalt", "agreed on"), "title": Phrase("titel", "title"),
    "family_rank": Phrase("familiens prioritet", "family's rank"), "version": Phrase("version", "version"),
  ]

  private static let duties: [String: Phrase] = [
    "contact_due": Phrase("månedens kontakt", "this month's contact"),
    "contact_overdue": Phrase("kontakt mangler", "no contact in time"),
    "follow_up_due": Phrase("opfølgning", "follow-up"),
    "follow_up_overdue": Phrase("opfølgning mangler", "no follow-up in time"),
    "task_requested": Phrase("opgave, bedt om", "task, requested"),
    "device_waits": Phrase(
      "en ny enhed venter på, at du bekræfter den", "a new device waits for you to confirm it"),
    "quarantine_waits": Phrase("karantæne, som du afgør", "quarantine, for you to decide"),
    "second_person": Phrase("mangler en leder mere", "awaits a second leader"),
    "task_open": Phrase("opgave", "task"),
    "information_awaited": Phrase("oplysninger mangler", "information awaited"),
    "untriaged": Phrase("opdatering", "update"),
    "unallocated": Phrase("henvendelse uden koordinator", "inquiry without a coordinator"),
    "no_coordinator": Phrase("sag uden koordinator", "case without a coordinator"),
    "unissued": Phrase("afgørelse, ikke truffet", "decision, not issued"),
    "undelivered": Phrase("afgørelse, ikke afleveret", "decision, not delivered"),
    "unexplained": Phrase("afgørelse, ikke forklaret", "decision, not explained"),
    "undecided": Phrase("større ændring, ikke vurderet", "major change, not assessed"),
    "unanswered": Phrase("tilbud uden svar", "offer without an answer"),
    "invited": Phrase("indkaldt, ikke svaret", "called, not answered"),
    "unrecorded": Phrase("møde, ikke noteret", "meeting, not recorded"),
    "step_waits": Phrase("trin, der venter", "step that waits"),
    "disagreement": Phrase("værdier, der er uenige", "values that disagree"),
  ]

  private static let developments: [String: Phrase] = [
    "carried_over": Phrase("overført fra sidst", "carried over"), "new_case": Phrase("ny sag", "new case"),
    "contact_early_warning": Phrase("tidlig advarsel", "early warning"),
    "update": Phrase("opdatering", "update"),
    "information_arrived": Phrase("oplysninger er kommet", "information arrived"),
    "follow_up": Phrase("opfølgning", "follow-up"),
    "overdue_contact": Phrase("kontakt mangler", "no contact in time"),
    "overdue_follow_up": Phrase("opfølgning mangler", "no follow-up in time"),
    "overdue_task": Phrase("opgave over tiden", "overdue task"),
    "conflict": Phrase("uenige værdier", "values that disagree"),
  ]
}
