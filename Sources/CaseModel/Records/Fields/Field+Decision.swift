extension Field {
  /// The fields of a formal decision (R23, R25, R62, R70). What it says is decided once; its reasons stand in
  /// a record of their own, which can be erased.
  public enum Decision {
    /// What is decided on.
    public static let matter = FieldDefinition(1, "matter", .code, .arbitrated)
    /// How much it grants, in the smallest unit of money; 0 where it is not about money.
    public static let amount = FieldDefinition(2, "amount", .integer, .arbitrated)
    /// The intervention that it is about.
    public static let intervention = FieldDefinition(3, "intervention", .identifier, .arbitrated)
    /// `granted`, `granted_in_part` or `refused`.
    public static let outcome = FieldDefinition(
      4, "outcome", .code, .arbitrated, codes: [Code.granted, Code.grantedInPart, Code.refused])
    /// The law that it rests on, with the section.
    public static let legalBasis = FieldDefinition(5, "legal_basis", .label, .arbitrated)
    /// The record that holds its reasons.
    public static let reasons = FieldDefinition(6, "reasons", .identifier, .arbitrated)
    /// Who issued it. Nothing above is changed from then on.
    public static let issuedBy = FieldDefinition(7, "issued_by", .identifier, .arbitrated)
    /// The day on which it was issued.
    public static let issuedOn = FieldDefinition(8, "issued_on", .day, .arbitrated)
    /// The last day for a complaint, had it been delivered on the day of issue: with that day it says how
    /// long the period is, which runs from the delivery (`ComplaintPeriod`).
    public static let complaintUntil = FieldDefinition(9, "complaint_until", .day, .arbitrated)
    /// The day on which it was delivered to the parents (R25).
    public static let deliveredOn = FieldDefinition(10, "delivered_on", .day)
    /// How: `digital_post`, `letter` or `by_hand`.
    public static let deliveryForm = FieldDefinition(
      11, "delivery_form", .code, codes: ["digital_post", "letter", "by_hand"])
    /// The day on which it was explained to the family (R62).
    public static let explainedOn = FieldDefinition(12, "explained_on", .day)
    /// Any element takes back what was issued.
    public static let withdrawn = FieldDefinition(13, "withdrawn", .code, .set)
    /// Who decides complaints about it, told with it (forvaltningsloven § 25): of the law in force on the day
    /// of issue (`ComplaintBody`), unless whoever issues it names another.
    public static let complaintBody = FieldDefinition(14, "complaint_body", .label, .arbitrated)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      matter, amount, intervention, outcome, legalBasis, reasons, issuedBy, issuedOn, complaintUntil,
      deliveredOn, deliveryForm, explainedOn, withdrawn, complaintBody,
    ]
  }
}
