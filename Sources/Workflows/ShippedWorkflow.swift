public import CaseModel

/// A definition that comes with the program, so that it needs no file: those under `Protocol/workflows`.
public enum ShippedWorkflow: String, Sendable, Hashable, CaseIterable {
  /// The workflow of project KOS; what a case follows while none was adopted.
  case kos
  /// The template of the national model.
  case enFamilieEnIndgang = "en-familie-en-indgang"

  /// The definition as YAML.
  public var definition: String {
    switch self {
    case .kos: String(decoding: PackageResources.kos_yaml, as: UTF8.self)
    case .enFamilieEnIndgang: String(decoding: PackageResources.en_familie_en_indgang_yaml, as: UTF8.self)
    }
  }

  /// What the definition says. It is read once.
  public var workflow: Workflow {
    switch self {
    case .kos: Self.kosWorkflow
    case .enFamilieEnIndgang: Self.templateWorkflow
    }
  }

  private static let kosWorkflow = read(.kos)
  private static let templateWorkflow = read(.enFamilieEnIndgang)

  private static func read(_ shipped: ShippedWorkflow) -> Workflow {
    do { return try WorkflowFile.parse(shipped.definition) } catch {
      preconditionFailure("the shipped workflow \(shipped.rawValue) is no definition: \(error)")
    }
  }
}
