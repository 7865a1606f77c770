extension CommandStep {
  /// What is to be done in Anna's case, and what a status meeting says of it.
  static let due: [CommandStep] = [
    .writing(
      "karin", ["task", "add", "F01", "ring til sygehuset", "--owner", "me", "--due", "om-3-dage"], recorded,
      "Task is recorded", "Opgave er noteret"),
    .reading(
      "karin", ["task", "list", "F01"],
      [
        "record", "case", "case_id", "number", "text", "owner", "owner_name", "status", "due_on",
        "overdue_days", "goal", "reason", "pending",
      ], "in 3 days  Karin  accepted  ring til sygehuset",
      "om 3 dage  Karin  taget imod  ring til sygehuset"),
    .reading(
      "karin", ["today", "--all"],
      [
        "section", "kind", "why", "case", "case_id", "label", "record", "text", "due_on", "overdue_days",
        "command",
      ], "F01  in 3 days  task: ring til sygehuset", "F01  om 3 dage  opgave: ring til sygehuset"),
    .writing(
      "karin", ["follow-up", "hold", "F01", "--attendee", "mor"], recorded, "Follow-up meeting is recorded",
      "Opfølgningsmøde er noteret"),
    .reading(
      "karin", ["agenda", "show"],
      [
        "case", "case_id", "label", "reasons", "records", "item", "outcome", "since", "next_meeting",
        "next_is_set",
      ], "The next status meeting is not set; proposal", "Næste statusmøde er ikke fastsat; forslag"),
    .writing(
      "karin", ["status-meeting", "hold", "--attendee", "Poul"],
      ["record", "kind", "day", "agenda", "without_outcome", "not_written", "next_meeting"],
      "The next status meeting: ", "Næste statusmøde: ", isOnce: true),
    .writing(
      "karin", ["agenda", "item", "F01", "--outcome", "none"], recorded.union(["item", "outcome", "task"]),
      ": no action.", ": ingen handling."),
    .reading(
      "karin", ["follow-up", "list"],
      [
        "case", "case_id", "label", "plan", "agreed_on", "held", "last_held", "due_on", "overdue_days",
        "missed",
      ], "no plan yet", "ingen plan endnu"),
    .reading(
      "karin", ["find", "SYGEHUSET"],
      ["record", "case", "case_id", "kind", "day", "field", "text", "pending", "taken_back"],
      "ring til sygehuset", "ring til sygehuset"),
    .reading(
      "karin", ["calendar"], ["record", "case", "case_id", "kind", "day", "time", "text"], "in 3 days",
      "om 3 dage"),
    .reading(
      "lene", ["caseload"],
      [
        "coordinator", "name", "cases", "children", "overdue_contacts", "overdue_follow_ups", "waiting",
        "unknown",
      ], " 1 case, 1 child ", " 1 sag, 1 barn "),
  ]
}
