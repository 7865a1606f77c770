/// What fields are called where a record is told field by field: protocol and JSON have their names as they
/// are.
extension CodeNames {
  /// The name of a field, in words.
  static func field(_ name: String, in language: Language) -> String {
    for (ending, phrase) in aspects where name.hasSuffix(ending) {
      return label(String(name.dropLast(ending.count)), in: language) + ", " + phrase.text(in: language, [])
    }
    return fields[name]?.text(in: language, []) ?? label(name, in: language)
  }

  /// What stands of a dimension of the assessment.
  private static let aspects: [String: Phrase] = [
    "_problems": .problems, "_resources": .resources, "_notes": Phrase("noter", "notes"),
  ]

  private static let fields: [String: Phrase] = days.merging(words) { first, _ in first }

  private static let days: [String: Phrase] = [
    "adopted_on": Phrase("vedtaget", "adopted on"), "allocated_on": Phrase("tildelt", "allocated on"),
    "answered_on": Phrase("besvaret", "answered on"), "assessed_on": Phrase("vurderet", "assessed on"),
    "attached_on": Phrase("vedhæftet", "attached on"), "born": Phrase("født", "born"),
    "cancelled_on": Phrase("aflyst", "cancelled on"), "completed_on": Phrase("udført", "completed on"),
    "created_on": Phrase("oprettet", "created on"), "decided_on": Phrase("afgjort", "decided on"),
    "discussed_on": Phrase("drøftet", "discussed on"), "due_on": Phrase("senest", "due on"),
    "ended_on": Phrase("sluttede", "ended on"), "ends_on": Phrase("slutter", "ends on"),
    "enrolled_on": Phrase("indskrevet", "enrolled on"), "from_day": Phrase("fra", "from"),
    "happened_on": Phrase("skete", "happened on"), "made_on": Phrase("lavet", "made on"),
    "observed_on": Phrase("set", "observed on"), "offered_on": Phrase("tilbudt", "offered on"),
    "opened_on": Phrase("åbnet", "opened on"), "proposed_on": Phrase("foreslået", "proposed on"),
    "received_on": Phrase("modtaget", "received on"), "replaced_on": Phrase("afløst", "replaced on"),
    "requested_on": Phrase("bedt om", "requested on"), "set_on": Phrase("sat", "set on"),
    "settled_on": Phrase("afgjort", "settled on"), "since": Phrase("siden", "since"),
    "skipped_on": Phrase("sprunget over", "skipped on"), "started_on": Phrase("begyndt", "started on"),
    "starts_on": Phrase("begynder", "starts on"), "triaged_on": Phrase("visiteret", "triaged on"),
    "until": Phrase("til", "until"), "until_day": Phrase("til", "until"),
    "waived_on": Phrase("undværet", "waived on"), "written_on": Phrase("skrevet", "written on"),
  ]

  private static let words: [String: Phrase] = [
    "actors": Phrase("aktører", "actors"), "agreed_by": Phrase("aftalt af", "agreed by"),
    "alias": Phrase("alias", "alias"), "as_agreed": Phrase("som aftalt", "as agreed"),
    "assessors": Phrase("udredere", "assessors"),
    "attendees": Phrase("til stede", "attendees"), "belongs_to": Phrase("hører til", "belongs to"),
    "by": Phrase("af", "by"), "by_label": Phrase("af", "by"), "called_by": Phrase("indkaldt af", "called by"),
    "children": Phrase("børn", "children"), "concerns": Phrase("angår", "concerns"),
    "daily_life_affected": Phrase("hverdagen er påvirket", "daily life affected"),
    "definition": Phrase("definition", "definition"), "digest": Phrase("fingeraftryk", "digest"),
    "evidence": Phrase("dokumentation", "evidence"),
    "has_custody": Phrase("har forældremyndighed", "has custody"),
    "late_reason": Phrase("hvorfor for sent", "why late"), "laws": Phrase("love", "laws"),
    "measure": Phrase("foranstaltning", "measure"), "media_type": Phrase("filtype", "media type"),
    "members": Phrase("medlemmer", "members"), "municipality": Phrase("kommune", "municipality"),
    "owner": Phrase("ansvarlig", "owner"), "owner_label": Phrase("ansvarlig", "owner"),
    "participants": Phrase("deltagere", "participants"), "payer": Phrase("betaler", "payer"),
    "percent": Phrase("procent", "percent"), "recipient_label": Phrase("modtager", "recipient"),
    "replaced_by": Phrase("afløst af", "replaced by"), "responsible": Phrase("ansvarlig", "responsible"),
    "round": Phrase("gang", "round"), "rule": Phrase("regel", "rule"), "sender": Phrase("afsender", "sender"),
    "several_laws": Phrase("flere love", "several laws"), "size": Phrase("størrelse", "size"),
    "status": Phrase("status", "status"), "sub_goal_of": Phrase("delmål af", "sub-goal of"),
    "team_rank": Phrase("teamets forventning", "team's rank"), "time": Phrase("klokkeslæt", "time"),
    "withdrawals": Phrase("tilbagetrækninger", "withdrawals"),
    "written_for": Phrase("skrevet for", "written for"),
  ]
}

extension Output {
  /// What a field is called.
  func field(_ name: String) -> String { CodeNames.field(name, in: language) }
}
