import CRDT
import CaseModel

/// What somebody would see, judged by the policy over what this replica holds.
extension Session {
  /// What a person would be allowed once drafts were accepted.
  ///
  /// - Parameter role: the role in the tenant that is taken to be hers; `nil` where that is to be told from
  ///   what she takes part as.
  func forecast(
    for person: Identifier, as role: Role? = nil, adding drafts: [RecordDraft] = []
  ) throws -> AccessForecast {
    var roles = [me: replica.profile.role]
    if let role { roles[person] = role }
    return AccessForecast(
      for: person, knowing: roles, over: try replica.records(), adding: drafts, by: me, at: replica.now(),
      in: replica.profile.tenant)
  }

  /// What the user may herself, judged by what governs alone: it is asked for by commands that show much, and
  /// counts no content.
  ///
  /// - Parameter caseID: the one case that is asked about, if it is one.
  func ownForecast(in caseID: Identifier? = nil) throws -> AccessForecast {
    let governing = try replica.records().filter { record in
      record.kind.governsAccess && (caseID == nil || record.caseID == nil || record.caseID == caseID)
    }
    return AccessForecast(
      for: me, knowing: [me: replica.profile.role], over: governing, by: me, at: replica.now(),
      in: replica.profile.tenant)
  }

  /// Who would read by a grant to a recipient: the person, or those who take part for the organisation.
  func readers(_ recipient: Identifier, in file: CaseFile) throws -> [Identifier] {
    guard try replica.stock().register[.organisation]?.contains(where: { $0.id == recipient }) == true else {
      return [recipient]
    }
    let parts = file.participants.filter { $0.part.organisation == recipient }
    return Set(parts.map(\.part.person)).sorted()
  }

  /// The drafts with the signatures that a consent among them still lacks: what was meant by it shows only
  /// then.
  func signed(_ drafts: [RecordDraft], in file: CaseFile) -> (drafts: [RecordDraft], missing: [Identifier]) {
    guard let place = drafts.firstIndex(where: { $0.kind == .consent }) else { return (drafts, []) }
    var drafts = drafts
    let known = file.all(.consent).first { $0.id == drafts[place].id }
    let consent = CaseRecord(drafts[place], over: known, by: me, at: replica.now())
    let signers = ConsentSigners(of: consent, custodies: file.all(.custody), at: replica.now())
    guard let missing = signers?.missing, !missing.isEmpty else { return (drafts, []) }
    drafts[place].add(Field.Consent.signatures, missing)
    return (drafts, missing)
  }

  /// Shows what the readers of a grant would see with it, once all have signed who must.
  ///
  /// - Returns: what programs are told.
  func show(
    _ drafts: [RecordDraft], for readers: [Identifier], in file: CaseFile
  ) throws -> [(String, JSON)] {
    let stock = try replica.stock()
    let (drafts, missing) = signed(drafts, in: file)
    var told: [JSON] = []
    for reader in readers {
      let forecast = try forecast(for: reader, adding: drafts)
      output.line(line(forecast, in: file, stock))
      told.append(.object(members(forecast, in: file, stock)))
    }
    if readers.isEmpty { output.line(output.say(.nobodyWouldRead)) }
    if !missing.isEmpty {
      output.line(
        output.say(.onceSigned, missing.map { title(of: $0, stock, in: file.id) }.joined(separator: ", ")))
    }
    output.line(output.say(.judgedHere))
    return [("forecast", .array(told)), ("missing_signatures", .array(missing.map { JSON($0) }))]
  }

  /// Saves what gives access, after showing what it would let its readers see; with `--preview` it only shows
  /// that.
  func grant(
    _ drafts: [RecordDraft], to readers: [Identifier], _ options: GrantOptions, in file: CaseFile,
    told: RecordDraft
  ) async throws {
    let shown = try show(drafts, for: readers, in: file)
    let (line, members) = recorded(told, in: file)
    guard !options.preview else {
      output.object(members + shown + [("saved", false)])
      return output.line(output.say(.previewOnly))
    }
    try await save(drafts, options.write, line, members + shown)
  }

  /// How much of a case somebody would see, by information type.
  func line(_ forecast: AccessForecast, in file: CaseFile, _ stock: CaseStock) -> String {
    let counts = forecast.counts(in: file.id)
    let parts = counts.map { count in
      output.say(
        .countOfType, output.label(count.type.name ?? String(count.type.rawValue)), String(count.readable),
        String(count.held))
    }
    return output.say(
      .wouldSee, title(of: forecast.person, stock, in: file.id), assumed(forecast.role),
      parts.isEmpty ? output.say(.nothingHere) : parts.joined(separator: ", "))
  }

  /// What role was taken to be somebody's.
  func assumed(_ role: Role?) -> String { role.map(self.role) ?? output.say(.noKnownRole) }

  /// The same for programs.
  func members(
    _ forecast: AccessForecast, in file: CaseFile, _ stock: CaseStock
  ) -> [(String, JSON)] {
    let counts = forecast.counts(in: file.id)
    return [
      ("person", JSON(forecast.person)), ("name", JSON(title(of: forecast.person, stock, in: file.id))),
      ("assumed_role", JSON(forecast.role?.name)), ("at", .integer(forecast.instant)),
      ("readable", .array(forecast.readable(in: file.id).map { JSON($0.id) })),
      (
        "types",
        .array(
          counts.map { count in
            .object([
              ("information_type", JSON(count.type.name ?? String(count.type.rawValue))),
              ("readable", .integer(Int64(count.readable))), ("held", .integer(Int64(count.held))),
            ])
          })
      ),
    ]
  }
}
