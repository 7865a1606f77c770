import ArgumentParser

extension Kos {
  /// The commands as somebody looks for them.
  static var commandGroups: [CommandGroup] {
    [
      group(Phrase("Hver dag", "Every day"), everyDay),
      group(Phrase("Sagen", "The case"), theCase),
      group(Phrase("Planen", "The plan"), plan),
      group(Phrase("Hvem der ser hvad", "Who sees what"), access),
      group(Phrase("Det, der venter på en person", "What waits for a person"), waiting),
      group(Phrase("Kommunen", "The municipality"), municipality),
      group(Phrase("Denne enhed", "This device"), device),
    ]
  }

  private static func group(_ name: Phrase, _ commands: [any ParsableCommand.Type]) -> CommandGroup {
    CommandGroup(name: name.said, subcommands: commands)
  }

  private static let everyDay: [any ParsableCommand.Type] = [
    Today.self, Find.self, CalendarCommand.self, VisitGroup.self, UpdateGroup.self, Sync.self, Watch.self,
    Status.self, Conflicts.self, Resolve.self, Undo.self,
  ]

  private static let theCase: [any ParsableCommand.Type] = [
    CaseGroup.self, ParticipantGroup.self, ContactGroup.self, NoteGroup.self, AttachmentGroup.self,
    AssessmentGroup.self, RequestGroup.self, MeetingGroup.self, DecisionGroup.self, StepGroup.self,
    ChangeGroup.self, SurveyGroup.self, LetterGroup.self,
  ]

  private static let plan: [any ParsableCommand.Type] = [
    GoalGroup.self, TaskGroup.self, PlanGroup.self, InterventionGroup.self, FundingGroup.self,
    FollowUpGroup.self,
  ]

  private static let access: [any ParsableCommand.Type] = [
    Share.self, ConsentGroup.self, GroundGroup.self, ReleaseGroup.self, WithholdingGroup.self,
    CustodyGroup.self, ProtectedContactGroup.self, Reclassify.self, Restrict.self, Redact.self,
    ErasureGroup.self, BreakGlassCommand.self, Explain.self, WhoSaw.self, Export.self, KnowingLogGroup.self,
  ]

  private static let waiting: [any ParsableCommand.Type] = [
    RefusedGroup.self, QuarantineGroup.self, HeldGroup.self, TransferGroup.self, ArrivalGroup.self,
  ]

  private static let municipality: [any ParsableCommand.Type] = [
    Invite.self, PeopleGroup.self, PersonGroup.self, OrganisationGroup.self, VouchingGroup.self,
    LegalBasisGroup.self, InformationTypeGroup.self, AuthorityLimitGroup.self, WorkflowGroup.self,
    StatusMeetingGroup.self, AgendaGroup.self, CaseloadCommand.self, ReportGroup.self, TrainingGroup.self,
    InterruptionGroup.self, TargetGroup.self, Import.self,
  ]

  private static let device: [any ParsableCommand.Type] = [
    Enroll.self, Device.self, RecoveryGroup.self, BundleGroup.self, Rescue.self, Lock.self, Unlock.self,
  ]
}
