import ArgumentParser

/// Cases, from opening to closing.
struct CaseGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case",
    abstract: Phrase("Sager, fra de åbnes, til de lukkes.", "Cases, from opening to closing.").said,
    subcommands: [
      CaseNew.self, CaseInquiry.self, CaseList.self, CaseShow.self, CaseLog.self, CaseAllocate.self,
      CaseClose.self,
      CaseOffer.self, CaseAccept.self, CaseDecline.self, CaseEnrol.self, CaseEligibility.self,
    ])
}
