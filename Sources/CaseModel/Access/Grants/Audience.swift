import CRDT

/// The named persons and professional roles who may read a record.
struct Audience: Sendable, Hashable {
  /// Who may, by name.
  let persons: [Identifier]
  /// Who may, by role.
  let roles: [Role]
  /// Who may not all the same.
  let excludedPersons: [Identifier]
  /// Which roles may not all the same; who is named may.
  let excludedRoles: [Role]

  /// Reads an audience by the fields of its kind.
  init(_ record: CaseRecord, _ fields: Fields) {
    persons = record.identifiers(fields.persons)
    roles = record.roles(fields.roles).filter(\.isProfessional)
    excludedPersons = record.identifiers(fields.excludedPersons)
    excludedRoles = record.roles(fields.excludedRoles)
  }

  /// Whether it says nothing.
  var isEmpty: Bool {
    persons.isEmpty && roles.isEmpty && excludedPersons.isEmpty && excludedRoles.isEmpty
  }

  /// Whether only those who are named may read: somebody is named.
  var isClosed: Bool { !persons.isEmpty || !roles.isEmpty }

  /// Whether it names a person, by herself or by one of the roles that she has in the case.
  func names(_ person: Identifier, _ own: [Role]) -> Bool {
    if excludedPersons.contains(person) { return false }
    if persons.contains(person) { return true }
    return own.contains { roles.contains($0) && !excludedRoles.contains($0) }
  }

  /// Whether it lets a person by who could read otherwise: it names her, or it only excludes, and not her.
  func admits(_ person: Identifier, _ own: [Role]) -> Bool {
    if isClosed { return names(person, own) }
    if excludedPersons.contains(person) { return false }
    return own.isEmpty || own.contains { !excludedRoles.contains($0) }
  }
}

extension Audience {
  /// The fields of a kind that holds an audience.
  struct Fields: Sendable {
    let persons: FieldDefinition
    let roles: FieldDefinition
    let excludedPersons: FieldDefinition
    let excludedRoles: FieldDefinition

    static let reclassification = Fields(
      persons: Field.Reclassification.persons, roles: Field.Reclassification.roles,
      excludedPersons: Field.Reclassification.excludedPersons,
      excludedRoles: Field.Reclassification.excludedRoles)
    static let protectedContact = Fields(
      persons: Field.ProtectedContact.persons, roles: Field.ProtectedContact.roles,
      excludedPersons: Field.ProtectedContact.excludedPersons,
      excludedRoles: Field.ProtectedContact.excludedRoles)
  }
}
