import CRDT
import CaseModel
import SyncClient

/// What a command works with.
struct Session {
  /// The replica.
  let replica: Replica
  /// Where to say what was found.
  let output: Output
  /// What every command takes.
  let common: CommonOptions

  /// Asks for the passphrase.
  var passphrase: () throws -> String {
    let passphrase = Passphrase(file: common.passphraseFile, output: output)
    return { try passphrase.ask() }
  }

  /// A fresh id for each purpose of one act.
  var identify: (String) -> Identifier {
    let replica = replica
    return { _ in replica.newIdentifier() }
  }

  /// Who uses the replica.
  var me: Identifier { replica.profile.person }

  /// The day that an option names, or today.
  func day(_ day: CalendarDay?) -> CalendarDay { day ?? replica.today() }

  /// The day of something that was done: the one that an option names, or today, and none that is to come.
  func pastDay(_ day: CalendarDay?) throws -> CalendarDay {
    let day = self.day(day)
    guard day <= self.day(nil) else { throw Failure(.usage, .notYet, day.description) }
    return day
  }

  /// The same day, unless it is before the case began, as far as that is known.
  func notBefore(_ day: CalendarDay, in file: CaseFile) throws -> CalendarDay {
    if let began = file.began, day < began {
      throw Failure(.usage, .beforeBegin, day.description, began.description)
    }
    return day
  }

  /// The day of something that was done in a case: none that is to come, and none before the case began.
  func pastDay(_ day: CalendarDay?, in file: CaseFile) throws -> CalendarDay {
    try notBefore(pastDay(day), in: file)
  }

  /// The same day, unless it is before the question that something of it answers.
  func notBefore(_ day: CalendarDay, asked: CalendarDay?) throws -> CalendarDay {
    if let asked, day < asked {
      throw Failure(.usage, .beforeAsked, day.description, asked.description)
    }
    return day
  }

  /// The case that a reference or a prefix of its id names.
  func file(_ reference: String) throws -> CaseFile {
    let stock = try replica.stock()
    guard let id = try caseID(reference, stock), let file = stock.files[id] else {
      let named = CaseLabel.heads(called: reference, among: stock.cases.compactMap(\.head))
      guard named.count > 1 else { throw Failure(.usage, .noSuchCase, reference) }
      let numbers = named.map { short($0.id) }.joined(separator: ", ")
      throw Failure(.usage, .severalCases, reference, numbers)
    }
    return file
  }

  /// The case or alias that a reference or a prefix of its id names. Cases that arrived without having been
  /// shown yet get their references first.
  func caseID(_ reference: String, _ stock: CaseStock) throws -> Identifier? {
    if let id = try replica.caseID(matching: reference) { return id }
    for file in stock.cases { _ = try replica.reference(of: file.id) }
    for alias in replica.profile.aliases { _ = try replica.reference(of: alias) }
    return try replica.caseID(matching: reference)
  }

  /// The user's own record of the register when it is missing there, as it is for a tenant's first leader.
  func introduction() throws -> [[RecordDraft]] {
    let profile = replica.profile
    guard profile.role.isStaff, try replica.stock().name(of: me) == nil else { return [] }
    return [[CaseWork.person(id: me, name: profile.personName)]]
  }

  /// The person whom a word names: `me`, an id, a prefix of one, or a name.
  func person(_ word: String) throws -> Identifier {
    let found = try persons(word)
    guard let first = found.first else { throw Failure(.usage, .noSuchPerson, word) }
    guard found.count == 1 else { throw Failure(.usage, .severalPersons, word) }
    return first
  }

  /// The persons whom a word may mean.
  func persons(_ word: String) throws -> [Identifier] {
    if word == "me" { return [me] }
    if let id = Identifier(word) { return [id] }
    let persons = try replica.stock().register[.person] ?? []
    let name = word.lowercased()
    let named = persons.filter { $0.text(Field.Person.name)?.lowercased() == name }
    if !named.isEmpty || word.count < 4 { return named.map(\.id) }
    return persons.map(\.id).filter { $0.description.hasPrefix(name) }
  }

  /// Whether the user takes part in a case and so writes free text in it.
  func takesPart(in file: CaseFile) -> Bool { file.participants.contains { $0.part.person == me } }

  /// Refuses what may not be done without a reason from a leader who does not take part: hers would be left
  /// out (R42).
  func checkKeepsReason(in file: CaseFile) throws {
    guard takesPart(in: file) else { throw Failure(.usage, .reasonNeedsPart, short(file.id)) }
  }

  /// A reason as far as the user may write it; a leader who does not take part is told that it is left out.
  func reason(_ reason: String?, in file: CaseFile) -> String? {
    guard reason != nil, !takesPart(in: file) else { return reason }
    output.notice(output.say(.reasonLeftOut))
    return nil
  }
}
