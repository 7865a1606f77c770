extension CommandStep {
  /// A family's story from the register to the report.
  static let story: [CommandStep] = start + work + due + overview

  private static let start: [CommandStep] = [
    .reading(
      "lene", ["invite", "coordinator", "--name", "Bo"], invitation, "Give this link to Bo", "Giv dette"),
    .reading("karin", ["device", "add"], invitation, "Give this link to Karin", "Giv dette link til Karin"),
    .reading(
      "karin", ["device", "list"],
      [
        "device", "name", "person", "this_one", "enrolled_at", "last_contact_day", "confirmed", "revoked",
        "revoked_at",
      ], "this one", "denne"),
    .reading(
      "lene", ["people", "list"], ["person", "name", "role", "devices", "ended", "unconfirmed"], "1 device",
      "1 enhed"),
    .writing(
      "lene", ["person", "add", "--name", "Pia"], ["person", "name"], "in the register", "i registret"),
    .reading(
      "lene", ["person", "list"], ["person", "name", "title", "legal_area", "pending"], "Karin", "Karin"),
    .writing(
      "lene", ["case", "new", "--label", "F02", "--child", "Ib:2019-09-01", "--source", "hospital"],
      ["case", "case_id", "label"], "is opened", "er oprettet", isOnce: true),
    .reading(
      "lene", ["case", "list"],
      ["case", "case_id", "label", "status", "children", "coordinator", "open_updates"], "F01  open",
      "F01  åben"),
    .writing(
      "lene", ["case", "allocate", "F01", "--coordinator", "Karin"], recorded.union(["coordinator"]),
      "is allocated to Karin", "er tildelt Karin"),
    .writing("lene", ["case", "offer", "F01"], recorded, "Offer is recorded", "Tilbud er noteret"),
    .writing("lene", ["case", "decline", "F01"], recorded, "Offer is recorded", "Tilbud er noteret"),
    .writing("lene", ["case", "accept", "F01"], recorded, "Offer is recorded", "Tilbud er noteret"),
    .writing(
      "lene", ["case", "eligibility", "F01", "--several-laws", "--on", "2020-07-01", "--confirm"],
      recorded.union(["child", "proposal", "outcome"]),
      "Anna: the proposal is enrol (criteria met). Eligibility is confirmed.",
      "Anna: forslag er indskriv (kriterier opfyldt). Målgruppen er bekræftet."),
    .writing(
      "lene", ["case", "enrol", "F01"], recorded, "Enrolment is recorded", "Indskrivning er noteret",
      isOnce: true),
  ]

  private static let work: [CommandStep] = [
    .writing(
      "karin", ["participant", "add", "F01", "--person", "Bo", "--role", "core-team"], recorded,
      "Participant is recorded", "Deltager er noteret"),
    .reading(
      "karin", ["participant", "list", "F01"],
      [
        "record", "person", "name", "role", "since", "alias", "organisation", "starts_at", "ends_at",
        "pending",
      ],
      "family coordinator", "familiekoordinator"),
    .writing(
      "karin", ["contact", "log", "F01", "--kind", "home_visit", "--text", "alt går godt"], recorded,
      "Contact is recorded", "Kontakt er noteret"),
    .reading(
      "karin", ["contact", "list", "F01"], listed.union(["form", "by", "early_warning"]), "home visit",
      "hjemmebesøg"),
    .writing(
      "karin", ["assessment", "note", "F01", "--domain", "parenting", "--text", "rolig"], recorded,
      "Assessment is recorded", "Udredning er noteret"),
    .reading(
      "karin", ["assessment", "show", "F01"],
      ["record", "day", "domain", "dimension", "aspect", "text", "conflict"],
      "parenting, summary", "forældrekompetencer, sammenfatning"),
    .writing(
      "karin", ["goal", "add", "F01", "--text", "søvn"], recorded, "Goal is recorded", "Mål er noteret"),
    .reading(
      "karin", ["goal", "list", "F01"],
      ["number", "record", "text", "family_rank", "team_rank", "status", "pending"], "team expected",
      "teamet ventede"),
    .writing(
      "karin", ["note", "add", "F01", "--text", "husk"], recorded, "Note is recorded", "Notat er noteret"),
    .reading("karin", ["note", "list", "F01"], listed.union(["number", "taken_back"]), "note", "notat"),
    .writing(
      "karin", ["meeting", "add", "F01", "--kind", "analysis", "--with-parents", "--attendee", "mor"],
      recorded,
      "Analysis meeting is recorded", "Analysemøde er noteret"),
    .writing(
      "karin", ["status-meeting", "--on", "for-14-dage-siden"], ["record", "kind", "day"], "status meeting",
      "statusmøde"),
  ]

  private static let overview: [CommandStep] = [
    .reading(
      "karin", ["case", "show", "F01"],
      [
        "case", "case_id", "label", "status", "coordinator", "participants", "children", "goals", "contacts",
        "attachments", "open_updates", "conflicts", "workflow", "round", "next", "responsible",
        "waiting_since", "steps",
      ], "Coordinator", "Koordinator"),
    .reading("karin", ["case", "log", "F01"], listed, "allocation", "tildeling"),
    .reading(
      "karin", ["case", "log", "F01", "--changes"],
      [
        "record", "kind", "author", "device", "written_at", "received_at", "status", "created", "edits",
      ], "goal", "mål"),
    .reading(
      "karin", ["sync"],
      [
        "outcome", "pending", "refused", "quarantined", "held", "waiting_for_decision", "devices_waiting",
        "log_findings",
        "conflicts", "attachments_unsent",
      ], "exchanged",
      "udvekslet"),
    .reading(
      "karin", ["status"],
      [
        "tenant", "person", "name", "role", "server", "unprotected", "pending", "pending_since", "conflicts",
        "refused", "quarantined", "held", "waiting_for_decision", "devices_waiting", "log_findings",
        "openings_unsent",
        "last_contact", "last_caught_up", "confirmation", "healed", "standing", "last_failure",
        "last_failure_at",
        "attachments_unsent", "attachment_bytes_unsent", "attachments_unsent_since", "attachments_refused",
        "access_ended", "shown_until", "lease_over", "break_glasses",
      ], "The key on this machine is unprotected", "Nøglen på denne maskine er ubeskyttet"),
    .reading(
      "karin", ["report", "status", "--at", "2020-07-01"],
      [
        "at", "from", "children_ever", "families_ever", "children_enrolled", "families_enrolled",
        "families_discharged", "families_enrolled_in_period", "assessment_meetings", "analysis_meetings",
        "families_offered", "families_declined", "children_discharged", "children_enrolled_in_period",
        "children_discharged_in_period", "families_discharged_in_period", "families_accepted",
        "families_refused", "families_unanswered", "acceptance_percent", "assessment_meetings_in_period",
        "analysis_meetings_in_period", "interruptions", "interrupted_days", "training_days_held",
        "training_days_left", "interruption_periods", "targets", "masked",
      ], "Children enrolled ever", "Børn indskrevet i alt"),
    .writing(
      "lene", ["case", "close", "F01", "--reason", "alt nået"], recorded, "Discharge is recorded",
      "Udskrivning er noteret", isOnce: true),
  ]
}
