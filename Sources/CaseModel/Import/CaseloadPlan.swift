/// What an import writes: journal entries in the order in which they are to be sent.
public struct CaseloadPlan: Sendable, Hashable {
  /// The entries; none when everything was imported before.
  public internal(set) var entries: [[RecordDraft]] = []
  /// What was left to a person.
  public internal(set) var notices: [CaseloadNotice] = []

  /// A plan that writes nothing.
  public init() {}
}
