import CRDT

/// The workflows that the cases of a stock follow, each read once.
public struct CaseWorkflows: Sendable {
  private let adopted: [Identifier: Workflow]
  private let otherwise: Workflow

  /// Reads the workflows that cases name.
  ///
  /// - Parameters:
  ///   - otherwise: what a case follows that names none, or one that is not here or cannot be read.
  ///   - read: what a version of a workflow says that a leader adopted; asked once for each.
  public init(_ stock: CaseStock, otherwise: Workflow, read: (CaseRecord) -> Workflow?) {
    let named = Set(stock.files.values.compactMap { $0.head?.identifier(Field.Case.workflow) })
    var adopted: [Identifier: Workflow] = [:]
    for record in stock.register[.workflow] ?? [] where named.contains(record.id) {
      adopted[record.id] = read(record)
    }
    self.adopted = adopted
    self.otherwise = otherwise
  }

  /// The workflow that a case follows.
  public func workflow(of file: CaseFile) -> Workflow {
    file.head?.identifier(Field.Case.workflow).flatMap { adopted[$0] } ?? otherwise
  }

  /// How often what recurs is to happen in a case.
  public func cadences(of file: CaseFile) -> Cadences { workflow(of: file).cadences }
}
