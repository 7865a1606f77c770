/// What one actor did to one record at one time, as far as merging is concerned.
public struct Change: Hashable, Sendable {
  /// Names the change and says who made it when.
  public let context: ChangeContext
  /// What was done, in order.
  public let operations: [Operation]

  /// Makes a change.
  public init(context: ChangeContext, operations: [Operation]) {
    self.context = context
    self.operations = operations
  }

  /// Names the change.
  public var id: ChangeID { context.id }
}
