extension Field {
  /// The fields of what the reporter is told of an update (R31), and nothing else.
  public enum UpdateReceipt {
    /// The external update.
    public static let update = FieldDefinition(1, "update", .identifier)
    /// The day on which the coordinator took it in.
    public static let receivedOn = FieldDefinition(2, "received_on", .day)
    /// The day on which it was triaged.
    public static let triagedOn = FieldDefinition(3, "triaged_on", .day)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [update, receivedOn, triagedOn]
  }
}
