extension RecordKind {
  /// Every kind that this version knows, in order of number.
  ///
  /// Milestones hold names, codes and days, and no free text: a leader reads them in every case, so that the
  /// report and the register of cases need no content.
  public static let definitions: [Definition] = [
    register(.person, "person", Field.Person.all),
    register(.organisation, "organisation", Field.Organisation.all),
    register(.team, "team", Field.Team.all),
    register(.statusMeeting, "status_meeting", Field.StatusMeeting.all),
    milestone(.case, "case", Field.Case.all),
    milestone(.inquiry, "inquiry", Field.Inquiry.all),
    milestone(.eligibility, "eligibility", Field.Eligibility.all),
    milestone(.offer, "offer", Field.Offer.all),
    milestone(.enrolment, "enrolment", Field.Enrolment.all),
    milestone(.allocation, "allocation", Field.Allocation.all, isGoverned: true),
    milestone(.participant, "participant", Field.Participant.all, isGoverned: true),
    milestone(.child, "child", Field.Child.all),
    content(.relative, "relative", .social, Field.Relative.all),
    content(.assessment, "assessment", .social, Field.Assessment.all),
    milestone(.assessmentMeeting, "assessment_meeting", Field.AssessmentMeeting.all),
    milestone(.analysisMeeting, "analysis_meeting", Field.AnalysisMeeting.all),
    content(.goal, "goal", .plan, Field.Goal.all),
    content(.contact, "contact", .social, Field.Contact.all),
    alias(.externalUpdate, "external_update", Field.ExternalUpdate.all),
    content(.triage, "triage", .social, Field.Triage.all),
    alias(.updateReceipt, "update_receipt", Field.UpdateReceipt.all),
    content(.plan, "plan", .plan, Field.Plan.all),
    content(.majorChange, "major_change", .social, Field.MajorChange.all),
    milestone(.discharge, "discharge", Field.Discharge.all),
    content(.note, "note", .social, Field.Note.all),
    content(.attachment, "attachment", .social, Field.Attachment.all),
    milestone(.consent, "consent", Field.Consent.all, isGoverned: true),
    milestone(.ground, "ground", Field.Ground.all, isGoverned: true),
    milestone(.release, "release", Field.Release.all, isGoverned: true),
    milestone(.withholding, "withholding", Field.Withholding.all, isGoverned: true),
    milestone(.reclassification, "reclassification", Field.Reclassification.all, isGoverned: true),
    milestone(.custody, "custody", Field.Custody.all, isGoverned: true),
    milestone(.breakGlass, "break_glass", Field.BreakGlass.all, isGoverned: true),
    content(.protectedContact, "protected_contact", .social, Field.ProtectedContact.all, isGoverned: true),
    register(.vouching, "vouching", Field.Vouching.all, isGoverned: true),
    register(.legalBasis, "legal_basis", Field.LegalBasis.all, isGoverned: true),
    register(.informationType, "information_type", Field.InformationType.all, isGoverned: true),
    register(.authorityLimit, "authority_limit", Field.AuthorityLimit.all, isGoverned: true),
    milestone(.erasure, "erasure", Field.Erasure.all, isGoverned: true),
    milestone(.transfer, "transfer", Field.Transfer.all, isGoverned: true),
    milestone(.arrival, "arrival", Field.Arrival.all, isGoverned: true),
    register(.workflow, "workflow", Field.Workflow.all),
    milestone(.step, "step", Field.Step.all),
    milestone(.informationRequest, "information_request", Field.InformationRequest.all),
    milestone(.followUpMeeting, "follow_up_meeting", Field.FollowUpMeeting.all),
    content(.agendaItem, "agenda_item", .social, Field.AgendaItem.all),
    content(.intervention, "intervention", .plan, Field.Intervention.all),
    milestone(.decision, "decision", Field.Decision.all, isGoverned: true),
    content(.decisionReasons, "decision_reasons", .plan, Field.DecisionReasons.all),
    content(.task, "task", .coordination, Field.Task.all),
    content(.fundingShare, "funding_share", .economy, Field.FundingShare.all),
    milestone(.surveyResponse, "survey_response", Field.SurveyResponse.all),
    milestone(.disclosure, "disclosure", Field.Disclosure.all),
    content(.settlement, "settlement", .coordination, Field.Settlement.all),
    register(.trainingDay, "training_day", Field.TrainingDay.all),
    register(.interruption, "interruption", Field.Interruption.all),
    register(.target, "target", Field.Target.all),
    register(.registerErasure, "register_erasure", Field.Erasure.all, isGoverned: true),
  ]

  private static func register(
    _ kind: RecordKind, _ name: String, _ fields: [FieldDefinition], isGoverned: Bool = false
  ) -> Definition {
    Definition(
      kind: kind, name: name, home: .register, isGoverned: isGoverned, isMilestone: false,
      informationType: .none,
      fields: fields)
  }

  private static func milestone(
    _ kind: RecordKind, _ name: String, _ fields: [FieldDefinition], isGoverned: Bool = false
  ) -> Definition {
    Definition(
      kind: kind, name: name, home: .caseFile, isGoverned: isGoverned, isMilestone: true,
      informationType: .coordination, fields: fields)
  }

  private static func content(
    _ kind: RecordKind, _ name: String, _ type: InformationType, _ fields: [FieldDefinition],
    isGoverned: Bool = false
  ) -> Definition {
    Definition(
      kind: kind, name: name, home: .caseFile, isGoverned: isGoverned, isMilestone: false,
      informationType: type, fields: fields)
  }

  private static func alias(_ kind: RecordKind, _ name: String, _ fields: [FieldDefinition]) -> Definition {
    Definition(
      kind: kind, name: name, home: .alias, isGoverned: false, isMilestone: false,
      informationType: .coordination, fields: fields)
  }
}
