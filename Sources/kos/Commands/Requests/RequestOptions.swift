import ArgumentParser
import CaseModel

/// Which request for information a command is about.
struct RequestOptions: ParsableArguments {
  @OptionGroup var step: StepOptions
  @Argument(
    help: Phrase("Dens nummer i request list, eller dens id.", "Its number in request list, or its id.")
      .help())
  var request: String

  /// The case and the request, which is still waited for.
  func open(_ session: Session) throws -> (file: CaseFile, request: InformationRequest) {
    let file = try session.file(step.caseReference)
    let requests = file.informationRequests
    let record = try session.record(request, in: requests.map(\.record))
    guard let found = requests.first(where: { $0.record.id == record.id }),
      found.receivedOn == nil, found.waivedOn == nil
    else { throw Failure(.usage, .requestIsClosed) }
    return (file, found)
  }
}
