import CRDT
import CaseModel

/// Whom records are about, and who gets access.
extension Session {
  /// The words for the family as a whole, which the case's id names.
  private static let family: Set = ["family", "familien", "familie"]

  /// The persons whom words name, each by name or id; without words all children, and where there is none the
  /// family.
  func subjects(_ words: [String], in file: CaseFile) throws -> [Identifier] {
    if !words.isEmpty { return try words.map { try subject($0, in: file) } }
    return file.children.isEmpty ? [file.id] : file.children.map(\.id)
  }

  /// A child, a relative, the family, or a person of the register.
  func subject(_ word: String, in file: CaseFile) throws -> Identifier {
    let name = word.lowercased()
    if Self.family.contains(name) { return file.id }
    let named =
      file.children.map { ($0.id, $0.text(Field.Child.name)) }
      + file.relatives.map { ($0.id, $0.text(Field.Relative.name)) }
    var found = named.filter { $0.1?.lowercased() == name }
    if found.isEmpty, word.count >= 4 { found = named.filter { $0.0.description.hasPrefix(name) } }
    guard found.count <= 1 else { throw Failure(.usage, .severalPersons, word) }
    if let found = found.first { return found.0 }
    if try persons(word).isEmpty { throw Failure(.usage, .noSubject, word, short(file.id)) }
    return try person(word)
  }

  /// The persons whom a new record is about when nobody says: the children. Who holds none of them, as
  /// somebody from outside, writes about those about whom she reads.
  func ownSubjects(in file: CaseFile) -> [Identifier] {
    if !file.children.isEmpty || replica.profile.role.isStaff { return file.children.map(\.id) }
    let content = file.records.values.joined().filter { !$0.kind.isGoverned }
    return Set(content.flatMap(\.about)).subtracting([me]).sorted()
  }

  /// The organisation that a word names: an id, a prefix of one, or a name.
  func organisation(_ word: String) throws -> Identifier {
    let organisations = try replica.stock().register[.organisation] ?? []
    if let id = Identifier(word) { return id }
    let name = word.lowercased()
    var found = organisations.filter { $0.text(Field.Organisation.name)?.lowercased() == name }
    if found.isEmpty, word.count >= 4 { found = organisations.filter { $0.id.description.hasPrefix(name) } }
    guard let first = found.first else { throw Failure(.usage, .noSuchOrganisation, word) }
    guard found.count == 1 else { throw Failure(.usage, .severalOrganisations, word) }
    return first.id
  }

  /// A person, or an organisation for all whom it vouches for.
  func recipient(_ word: String) throws -> Identifier {
    if try persons(word).isEmpty, let organisation = try? organisation(word) { return organisation }
    return try person(word)
  }

  /// What somebody or something is called that a governing record names.
  func title(of id: Identifier, _ stock: CaseStock, in caseID: Identifier?) -> String {
    if id == caseID { return output.say(.theFamily) }
    if id == me || stock.name(of: id) != nil { return name(id, stock) }
    if let organisation = stock.register[.organisation]?.first(where: { $0.id == id }) {
      return organisation.text(Field.Organisation.name)?.shown ?? short(id)
    }
    if let basis = stock.register[.legalBasis]?.first(where: { $0.id == id }) {
      return basis.text(Field.LegalBasis.code)?.shown ?? short(id)
    }
    if stock.isErased(id) { return output.say(.erasedEntry) }
    guard let file = caseID.flatMap({ stock.files[$0] }) else { return short(id) }
    for record in file.children + file.relatives where record.id == id {
      let name = record.kind == .child ? record.text(Field.Child.name) : record.text(Field.Relative.name)
      return name?.shown ?? short(id)
    }
    return short(id)
  }
}
