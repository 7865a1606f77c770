import ArgumentParser

/// Cases that came from another tenant: what gives rights in them waits for somebody here.
struct ArrivalGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "arrival",
    abstract: Phrase(
      "Sager fra en anden kommune: hvem der deltager, og hvad der giver adgang, bekræftes her.",
      "Cases from another municipality: who takes part, and what gives access, is confirmed here."
    ).said,
    subcommands: [ArrivalList.self, ArrivalConfirm.self])
}
