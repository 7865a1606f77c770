import CRDT
import CaseModel

/// What persons may read after a group and could not before.
///
/// This alone enters, and this alone makes a device be sent again what its cursor lies behind. Were it done
/// for everybody whom what governs *might* concern, a device would see by what comes twice that something
/// was written which it may not read.
struct AccessGains {
  /// By person; of one who is not named nothing was gained.
  private var records: [Identifier: Set<Identifier>] = [:]
  /// Who gained something that was there before the group.
  private(set) var persons: Set<Identifier> = []
  /// Of these it was not looked at, since it would take too long: they may have gained anything.
  private var unseen: Set<Identifier> = []
  /// What somebody began to read, before the group, by the time alone, and when. A device that was away then
  /// has not been sent it, and what governs from now on may look as if she always could.
  private(set) var regained: [Identifier: [Identifier: RegainedRecord]] = [:]
  /// Where what they gained lies.
  private(set) var scopes: [Identifier: [Scope]] = [:]

  mutating func note(
    _ gained: Set<Identifier>, of person: Identifier, in scopes: [Scope], besides created: Set<Identifier>
  ) {
    guard !gained.isEmpty else { return }
    records[person] = gained
    self.scopes[person] = scopes
    if !gained.isSubset(of: created) { persons.insert(person) }
  }

  mutating func noteRegained(_ record: LoggedRecord, since instant: Int64, by person: Identifier) {
    regained[person, default: [:]][record.reference.id] = RegainedRecord(
      since: instant, createdAt: record.createdAt)
  }

  mutating func noteUnseen(_ person: Identifier, in scopes: [Scope]) {
    unseen.insert(person)
    persons.insert(person)
    self.scopes[person] = scopes
  }

  /// Whether it was looked at what a person gained.
  func areSeen(of person: Identifier) -> Bool { !unseen.contains(person) }

  /// Whether a person may have gained a record.
  func contain(_ record: Identifier, of person: Identifier) -> Bool {
    unseen.contains(person) || records[person]?.contains(record) == true
  }
}

/// What a person may read at an instant, and could not at some instant since an earlier one, although nobody
/// wrote anything since that was looked at last.
struct TimedGains {
  let person: Identifier
  let governing: GoverningState
  let since: Int64
  let look: AccessLook
  let now: Int64
  /// The instants at which rights in a case may have changed, with the one to begin with.
  private var instants: [Identifier: [Int64]] = [:]

  init(
    of person: Identifier, since: Int64, _ look: AccessLook?, until now: Int64, in governing: GoverningState
  ) {
    self.person = person
    self.governing = governing
    self.since = since
    self.look = look ?? AccessLook()
    self.now = now
  }

  /// - Complexity: O(instants since then at which rights in the record's case may have changed)
  mutating func contain(_ record: RecordReference) -> Bool { beginning(of: record) != nil }

  /// The instant from which on she may read it again without a break; `nil` when she could all the time, or
  /// may not now.
  ///
  /// - Complexity: as `contain`
  mutating func beginning(of record: RecordReference) -> Int64? {
    guard may(person, .read, record, at: now, in: governing).isAllowed else { return nil }
    var caseID: Identifier?
    for scope in scopes(containing: record) where caseID == nil { caseID = governing.caseID(of: scope) }
    let changes = changes(in: caseID)
    let last = changes.lastIndex { !may(person, .read, record, at: $0, in: governing).isAllowed }
    return last.map { $0 + 1 < changes.count ? changes[$0 + 1] : now }
  }

  private mutating func changes(in caseID: Identifier?) -> [Int64] {
    guard let caseID else { return [since] }
    if let known = instants[caseID] { return known }
    var last = max(since, look.last(in: caseID, before: now))
    var found = [last]
    while let next = governing.nextChange(in: caseID, after: last), next < now {
      found.append(next)
      last = next
    }
    instants[caseID] = found
    return found
  }
}
