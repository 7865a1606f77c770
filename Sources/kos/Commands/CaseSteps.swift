import ArgumentParser
import CRDT
import CaseModel

/// What the commands for one step of a case take.
struct StepOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The case.", valueName: "ref"))
  var caseReference: String
  @Option(help: ArgumentHelp("The day, else today.", valueName: "day"))
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
}

/// Discharges the children: their case can be closed.
struct CaseClose: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Discharge the children and close the case.")

  @OptionGroup var step: StepOptions
  @Option(help: "Why; kept in a note.")
  var reason: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let drafts = CaseWork.discharge(
      in: file.id, children: file.children.map(\.id), reason: session.reason(reason, in: file),
      on: session.day(step.on), identify: session.identify)
    try await session.save(drafts, step.write, in: file)
  }
}

/// Offers the family to take part.
struct CaseOffer: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "offer", abstract: "Record that the family was asked to take part.")

  @OptionGroup var step: StepOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let offer = CaseWork.offer(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id),
      on: session.day(step.on))
    try await session.save([offer], step.write, in: file)
  }
}

/// Records that the family said yes.
struct CaseAccept: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Record that the family said yes.")

  @OptionGroup var step: StepOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let change = CaseWork.accept(try session.offer(in: file), on: session.day(step.on))
    try await session.save([change], step.write, in: file)
  }
}

/// Records that the family said no.
struct CaseDecline: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Record that the family said no.")

  @OptionGroup var step: StepOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let change = CaseWork.decline(try session.offer(in: file), on: session.day(step.on))
    try await session.save([change], step.write, in: file)
  }
}

/// Enrols children.
struct CaseEnrol: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "enrol", abstract: "Enrol children.")

  @OptionGroup var step: StepOptions
  @Option(help: "A child by name or id, else all of them.")
  var child: [String] = []
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let children = try child.isEmpty ? file.children : child.map { try session.child($0, in: file) }
    let enrolment = CaseWork.enrol(
      id: session.replica.newIdentifier(), in: file.id, children: children.map(\.id),
      on: session.day(step.on))
    try await session.save([enrolment], step.write, in: file)
  }
}

extension Session {
  /// The offer that is answered: the latest without an answer, else the latest.
  func offer(in file: CaseFile) throws -> CaseRecord {
    let offers = file.all(.offer)
    let open = offers.last { $0.text(Field.Offer.answer) == nil }
    guard let offer = open ?? offers.last else {
      throw Failure(.usage, .noOffer, reference(file.id) ?? "")
    }
    return offer
  }

  /// A child of the family by name or id.
  func child(_ word: String, in file: CaseFile) throws -> CaseRecord {
    let found = file.children.first { child in
      child.text(Field.Child.name)?.lowercased() == word.lowercased()
        || word.count >= 4 && child.id.description.hasPrefix(word.lowercased())
    }
    guard let found else { throw Failure(.usage, .noChild, word) }
    return found
  }
}
