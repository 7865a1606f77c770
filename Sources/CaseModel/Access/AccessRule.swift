/// A stable code for the rule that decided, from which clients explain a verdict. Codes are never renamed.
public struct AccessRule: RawRepresentable, Hashable, Sendable {
  /// The code, as protocol and logs carry it.
  public let rawValue: String

  /// Names a rule.
  public init(rawValue: String) { self.rawValue = rawValue }

  // Rules that allow.

  /// Staff read and write the tenant register.
  public static let registerStaff = AccessRule(rawValue: "register-staff")
  /// Leaders read names, steps and days of every case.
  public static let leaderRegister = AccessRule(rawValue: "leader-register")
  /// Leaders take the steps that are theirs in every case.
  public static let leaderStep = AccessRule(rawValue: "leader-step")
  /// Leaders and coordinators open cases.
  public static let caseOpening = AccessRule(rawValue: "case-opening")
  /// Who opened a case takes part in it as its first participant.
  public static let firstParticipant = AccessRule(rawValue: "first-participant")
  /// Those who take part read and write the case's records.
  public static let participant = AccessRule(rawValue: "participant")
  /// The case's coordinator says who of the core team takes part, and who reports from outside.
  public static let coordinatorParticipants = AccessRule(rawValue: "coordinator-participants")
  /// A reporter sends and reads under the own alias.
  public static let aliasOwner = AccessRule(rawValue: "alias-owner")
  /// The case's coordinator reads updates and answers them with receipts.
  public static let aliasCoordinator = AccessRule(rawValue: "alias-coordinator")
  /// The case's coordinator says what gives and takes access to it.
  public static let coordinatorGoverning = AccessRule(rawValue: "coordinator-governing")
  /// The authority's own basis reaches what analysis meetings need.
  public static let analysisTeam = AccessRule(rawValue: "analysis-team")
  /// A consent covers the record.
  public static let consent = AccessRule(rawValue: "consent")
  /// Another legal basis covers the record.
  public static let legalBasis = AccessRule(rawValue: "legal-basis")
  /// The record was released to the parent.
  public static let release = AccessRule(rawValue: "release")
  /// The person wrote the record herself.
  public static let ownRecord = AccessRule(rawValue: "own-record")
  /// The consent is the parent's to sign and to withdraw.
  public static let grantor = AccessRule(rawValue: "grantor")
  /// The audience of the protected contact names the person.
  public static let audience = AccessRule(rawValue: "audience")
  /// The leader broke the glass: she reads for four hours, and the case's coordinator and leaders are told.
  public static let breakGlass = AccessRule(rawValue: "break-glass")
  /// The data protection officer sees what governs access.
  public static let oversight = AccessRule(rawValue: "oversight")
  /// The legal basis says that the person may invoke it.
  public static let invoker = AccessRule(rawValue: "invoker")
  /// Leaders keep the tables that give rights.
  public static let leaderTables = AccessRule(rawValue: "leader-tables")

  // Rules that deny.

  /// The person has no account, or none any more.
  public static let noAccount = AccessRule(rawValue: "no-account")
  /// This version does not know the record's kind.
  public static let unknownKind = AccessRule(rawValue: "unknown-kind")
  /// The record says that it lies where records of its kind do not.
  public static let misplaced = AccessRule(rawValue: "misplaced")
  /// The person's role does not allow it.
  public static let roleInsufficient = AccessRule(rawValue: "role-insufficient")
  /// The person does not take part in the case.
  public static let noParticipation = AccessRule(rawValue: "no-participation")
  /// The alias is not the person's, and the person is not the coordinator of its case.
  public static let notAliasOwner = AccessRule(rawValue: "not-alias-owner")
  /// An update that was sent is not changed any more.
  public static let appendOnly = AccessRule(rawValue: "append-only")
  /// Only a leader does this.
  public static let leaderOnly = AccessRule(rawValue: "leader-only")
  /// Nobody gives rights to himself.
  public static let selfGrant = AccessRule(rawValue: "self-grant")
  /// The person's role in the tenant does not warrant that role in a case.
  public static let roleNotHeld = AccessRule(rawValue: "role-not-held")
  /// The alias names something else already.
  public static let aliasTaken = AccessRule(rawValue: "alias-taken")
  /// The case id names something else already.
  public static let caseExists = AccessRule(rawValue: "case-exists")
  /// There is no such case.
  public static let unknownCase = AccessRule(rawValue: "unknown-case")
  /// The case is allocated; another coordinator is decided on the allocation that stands.
  public static let alreadyAllocated = AccessRule(rawValue: "already-allocated")
  /// Who takes part, in which role and under which alias is given once; a participation that ended stays so.
  public static let participationFixed = AccessRule(rawValue: "participation-fixed")
  /// The record, somebody whom it is about, or the case is withheld from the person. She is not told.
  public static let withheld = AccessRule(rawValue: "withheld")
  /// A protected contact's audience does not name the person. She is not told.
  public static let protectedContact = AccessRule(rawValue: "protected-contact")
  /// The record was closed to all but an audience that does not name the person. She is not told.
  public static let outsideAudience = AccessRule(rawValue: "outside-audience")
  /// The person's role does not reach the information type. She is not told.
  public static let typeNotReached = AccessRule(rawValue: "type-not-reached")
  /// No consent, other legal basis or release covers the record.
  public static let noGround = AccessRule(rawValue: "no-ground")
  /// No organisation vouches for the person now.
  public static let notVouchedFor = AccessRule(rawValue: "not-vouched-for")
  /// The person reads the record and does not change it.
  public static let readOnly = AccessRule(rawValue: "read-only")
  /// What a governed record says is given once.
  public static let givenOnce = AccessRule(rawValue: "given-once")
  /// The legal basis is not in force, not the person's to invoke, or not for this or for so long.
  public static let basisDoesNotAllow = AccessRule(rawValue: "basis-does-not-allow")
  /// The decision is beyond the person's authority and goes on to visitation (R70).
  public static let beyondAuthority = AccessRule(rawValue: "beyond-authority")
  /// Two persons had the record erased.
  public static let erased = AccessRule(rawValue: "erased")
  /// What it names two persons had erased from the register, so nothing is given to it any more.
  public static let namesErased = AccessRule(rawValue: "names-erased")
  /// Somebody whom it would erase has an account, or is named by something that counts.
  public static let stillNamed = AccessRule(rawValue: "still-named")
  /// Two persons had the case moved to another tenant.
  public static let movedAway = AccessRule(rawValue: "moved-away")
  /// The record came from another tenant, and nobody here confirmed it.
  public static let suspended = AccessRule(rawValue: "suspended")
  /// A governed record's operations do not say what its kind needs.
  public static let malformed = AccessRule(rawValue: "malformed")
}
