import ArgumentParser
import CaseModel

/// Records up to which amount a role or a person decides on a matter.
struct AuthorityLimitAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Notér, op til hvilket beløb en rolle eller en person selv afgør en sag.",
      "Record up to which amount a role or a person decides on a matter."
    ).said)

  @Option(help: Phrase("Hvis grænse: en rolle eller en person.", "Whose limit: a role or a person.").help())
  var of: String
  @Option(help: Phrase("Sagens art, f.eks. respite.", "The matter, such as respite.").help())
  var matter: String
  @Option(help: Phrase("Beløbet i kroner, f.eks. 25.000.", "The amount in kroner, such as 25.000.").help())
  var amount: Money
  @OptionGroup var period: PeriodOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let role = try? RoleName.role(of)
    try await session.save(
      table: CaseWork.authorityLimit(
        id: session.replica.newIdentifier(), role: role, person: role == nil ? try session.person(of) : nil,
        matter: matter, amount: amount.amount, from: period.start, until: try period.end(session)),
      write)
  }
}
