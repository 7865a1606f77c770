import CRDT
import CaseModel
import Testing

/// Half-siblings × four parents × withholdings: nobody learns of one child through another.
///
/// Asta is the child of Mette and Frode, Birk of Mette and Gorm, Cilje of Gorm and Nina. All are in one case.
@Suite struct HalfSiblingTests {
  static let children: [Character: Identifier] = [
    "A": Identifier(1_001), "B": Identifier(1_002), "C": Identifier(1_003),
  ]
  static let parents: [Substring: (person: Identifier, children: String)] = [
    "mette": (Identifier(61), "AB"), "frode": (Identifier(62), "A"), "gorm": (Identifier(63), "BC"),
    "nina": (Identifier(64), "C"),
  ]
  static let nurse = Identifier(65)
  static let plan = InformationType.plan

  /// The case with its four parents and a health visitor, whose organisation vouches for her.
  static func world() -> PolicyWorld {
    var world = PolicyWorld()
    for (place, (_, parent)) in parents.sorted(by: { $0.key < $1.key }).enumerated() {
      world.setRole(.parent, of: parent.person)
      world.add(Identifier(1_100 + UInt64(place)), parent.person, .parent)
      for (number, name) in parent.children.enumerated() {
        let id = Identifier(1_200 + UInt64(place * 10 + number))
        world.write(
          CaseWork.custody(
            id: id, in: PolicyWorld.caseID, of: subject(name), holder: parent.person, source: "civil_register"
          ))
      }
    }
    world.setRole(.involvedProfessional, of: nurse)
    world.add(Identifier(1_300), nurse, .involvedProfessional, organisation: PolicyWorld.organisation)
    world.write(
      CaseWork.vouching(
        id: Identifier(1_301), organisation: PolicyWorld.organisation, person: nurse, voucher: Identifier(31),
        from: 0, until: 1_000))
    return world
  }

  static func subject(_ name: Character) -> Identifier { children[name] ?? Identifier(0) }

  static func note(about names: Substring) -> RecordReference {
    let about = names.map(subject)
    return RecordReference(
      id: Identifier(5_000 + about.reduce(0) { $0 * 10 + $1.low - 1_000 }), kind: .plan,
      caseID: PolicyWorld.caseID, creator: PolicyWorld.member, about: about, informationType: plan,
      receivedAt: 5)
  }

  /// To each parent the plans about the own children were released. `withheld` names person and subjects, or
  /// the record about them with `=`, or the whole case with `*`.
  static let released = """
    withheld  | mette        frode  gorm       nina
    -         | A B AB       A      B C BC     C
    mette:A   | B            A      B C BC     C
    mette:=A  | B AB         A      B C BC     C
    frode:A   | A B AB       -      B C BC     C
    frode:*   | A B AB       -      B C BC     C
    gorm:B    | A B AB       A      C          C
    gorm:=BC  | A B AB       A      B C        C
    gorm:A    | A B AB       A      B C BC     C
    nina:*    | A B AB       A      B C BC     -
    mette:AB  | -            A      B C BC     C
    """

  @Test(arguments: released.split(separator: "\n").dropFirst().map(String.init))
  func parentsReadOfTheirOwnChildren(_ row: String) throws {
    let cells = row.split(separator: "|")
    var world = Self.world()
    for (place, (_, parent)) in Self.parents.sorted(by: { $0.key < $1.key }).enumerated() {
      world.write(
        CaseWork.release(
          id: Identifier(1_400 + UInt64(place)), in: PolicyWorld.caseID, to: parent.person,
          types: [Self.plan], about: parent.children.map(Self.subject)))
    }
    try withhold(cells[0].filter { $0 != " " }, in: &world)
    let columns = Self.columns(of: cells[1])
    for (name, column) in zip(["mette", "frode", "gorm", "nina"] as [Substring], columns) {
      let person = try #require(Self.parents[name]).person
      let read = ["A", "B", "C", "AB", "BC", "ABC"].filter {
        world.reads(person, Self.note(about: $0[...])).isAllowed
      }
      #expect(read.joined(separator: " ") == column, "\(name): \(row)")
    }
  }

  private static func columns(of text: Substring) -> [String] {
    let starts = [1, 14, 21, 32]
    let line = Array(text)
    return starts.indices.map { place in
      let end = place + 1 < starts.count ? starts[place + 1] : line.count
      let cell = String(line[min(starts[place], line.count)..<min(end, line.count)])
      let words = cell.split(separator: " ").joined(separator: " ")
      return words == "-" ? "" : words
    }
  }

  private func withhold(_ text: String, in world: inout PolicyWorld) throws {
    let parts = text.split(separator: ":")
    guard parts.count == 2 else { return }
    let person = try #require(Self.parents[parts[0]]).person
    let what = parts[1]
    let records = what.hasPrefix("=") ? [Self.note(about: what.dropFirst()).id] : []
    world.write(
      CaseWork.withhold(
        id: Identifier(1_500), in: PolicyWorld.caseID, from: person, records: records,
        about: what.hasPrefix("=") || what == "*" ? [] : what.map(Self.subject), wholeCase: what == "*"))
  }

  /// A consent about all three children, signed by some: what the health visitor reads. `F!` has withdrawn,
  /// and `only F` is a consent that asks Frode alone.
  static let signed = """
    M F G N        | A B C AB BC ABC
    M F            | A
    M G            | B
    G N            | C
    M F G          | A B AB
    M G N          | B C BC
    F G N          | C
    M              |
    M F G N F!     |
    only F, F      | A
    only F, M      |
    only FG, F G   | A B C AB BC ABC
    only FG, F     |
    """

  @Test(arguments: signed.split(separator: "\n").map(String.init))
  func eachChildHasHerOwnGrantors(_ row: String) throws {
    let cells = row.split(separator: "|", omittingEmptySubsequences: false)
    let holders: [Character: Identifier] = [
      "M": Identifier(61), "F": Identifier(62), "G": Identifier(63), "N": Identifier(64),
    ]
    let isOnly = cells[0].hasPrefix("only")
    let parts = cells[0].dropFirst(isOnly ? 4 : 0).split(separator: ",")
    let required = isOnly ? parts[0].compactMap { holders[$0] } : []
    let words = (isOnly ? parts[1] : cells[0]).split(separator: " ")
    var world = Self.world()
    let id = Identifier(1_600)
    world.write(
      CaseWork.consent(
        id: id, in: PolicyWorld.caseID,
        CaseWork.Disclosure(
          to: Self.nurse, about: Self.children.values.sorted(), types: [Self.plan], purpose: "coordination",
          from: 0, until: 1_000), form: "written", evidence: Identifier(9), required: required,
        signatures: words.filter { $0.count == 1 }.compactMap { holders[$0.first ?? " "] }))
    for word in words where word.hasSuffix("!") {
      let record = try #require(world.ledger[id])
      world.write(CaseWork.withdraw(consent: record, by: holders[word.first ?? " "] ?? id))
    }
    let read = ["A", "B", "C", "AB", "BC", "ABC"].filter {
      world.reads(Self.nurse, Self.note(about: $0[...])) == .allowed(.consent)
    }
    #expect(read == cells[1].split(separator: " ").map(String.init), "\(row)")
  }
}
