import CRDT
import CaseModel
import Foundation
import SyncClient
import TestProcesses
import Testing

/// A family's case on the real `kosd`, and people who work on it with the real `kos`: Karin coordinates, Mor
/// and Far hold custody of Anna and Bo together, Hanne is a health visitor, Ib a hearing consultant. Hanne's
/// and Mor's connections are listened to.
final class ConsentPlace {
  let served: ServedPlace
  let toHanne: Wiretap
  let toMor: Wiretap

  init() async throws {
    served = try await ServedPlace()
    toHanne = try Wiretap(to: served.port)
    toMor = try Wiretap(to: served.port)
    try await enrol("Karin", by: "Lene", ["coordinator"], at: served.port)
    try act("Lene", "case", "new", "--label", "F01", "--child", "Anna:2018-05-01", "--child", "Bo:2019-09-01")
    try act("Lene", "case", "allocate", "F01", "--coordinator", "Karin")
    try kos("Karin", "sync")
    for organisation in ["Sundhedsplejen", "Høreklinikken"] {
      try act("Karin", "organisation", "add", "--name", organisation)
    }
    try act("Karin", "person", "add", "--name", "Ole")
    try await enrol("Mor", by: "Karin", ["parent", "--case", "F01"], at: toMor.port)
    try await enrol("Far", by: "Karin", ["parent", "--case", "F01"], at: served.port)
    for (name, organisation, port) in [
      ("Hanne", "Sundhedsplejen", toHanne.port), ("Ib", "Høreklinikken", served.port),
    ] {
      try await enrol(
        name, by: "Karin", ["involved-professional", "--case", "F01", "--organisation", organisation],
        at: port)
      try act(
        "Karin", "vouching", "add", "--person", name, "--organisation", organisation, "--by", "Ole",
        "--months", "12")
    }
    for child in ["Anna", "Bo"] {
      try act(
        "Karin", "custody", "set", "F01", "--of", child, "--holder", "Mor", "--holder", "Far", "--source",
        "civil_register")
    }
  }

  func close() {
    toHanne.close()
    toMor.close()
  }

  /// Enrols a further person.
  func enrol(_ name: String, by inviter: String, _ words: [String]) async throws {
    try await enrol(name, by: inviter, words, at: served.port)
  }

  /// Enrols a further leader, whom the server's own machine makes.
  func enrolLeader(_ name: String) async throws {
    try served.kosd.stop()
    let process = try ChildProcess(
      Products.path("kosd"), ["leader", "add", "--data", served.tenant, "--name", name, "--json"])
    let said = try process.readToEnd()
    guard process.wait() == .exited(0),
      let answer = try JSONSerialization.jsonObject(with: Data(said.utf8)) as? [String: Any],
      let code = answer["code"] as? String
    else { throw ProcessFailure("kosd leader add failed: \(said)") }
    try served.startServer()
    try await Office(folder: served.folder.path, port: served.port).enroll(name, code: code).close()
  }

  /// Every object that a command printed.
  func all(_ who: String, _ words: String...) throws -> [[String: Any]] {
    try output(who, words).split(separator: "\n").compactMap { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
  }

  private func enrol(_ name: String, by inviter: String, _ words: [String], at port: Int) async throws {
    let answer = try kos(inviter, ["invite"] + words + ["--name", name, "--json"])
    let code = try #require(answer["code"] as? String)
    try await Office(folder: served.folder.path, port: port).enroll(name, code: code).close()
  }

  /// Runs a command that must succeed; with `--json` the first object that it printed.
  @discardableResult
  func kos(_ who: String, _ words: String...) throws -> [String: Any] { try kos(who, words) }

  @discardableResult
  func kos(_ who: String, _ words: [String]) throws -> [String: Any] {
    let output = try output(who, words)
    guard words.contains("--json"), let line = output.split(separator: "\n").first else { return [:] }
    return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  private func output(_ who: String, _ words: [String]) throws -> String {
    let errors = served.folder.path + "/kos.err"
    let process = try ChildProcess(
      Products.path("kos"), words, environment: ["KOS_HOME": home(who), "LANG": "en_GB.UTF-8"], errors: errors
    )
    let output = try process.readToEnd()
    guard process.wait() == .exited(0) else {
      let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
      throw ProcessFailure("kos \(words) as \(who) failed: \(output) \(said.suffix(500))")
    }
    return output
  }

  /// Writes something that the server must take. A command waits two seconds for it; a machine that has much
  /// else to do may need more.
  @discardableResult
  func act(_ who: String, _ words: String...) throws -> [String: Any] { try act(who, words) }

  @discardableResult
  func act(_ who: String, _ words: [String]) throws -> [String: Any] {
    let answer = try kos(who, words + ["--json"])
    if answer["delivery"] as? String == "queued" { try kos(who, "sync") }
    return answer
  }

  /// Writes a note and gives its id.
  @discardableResult
  func note(_ text: String, _ type: String, about children: String...) throws -> String {
    let words = ["note", "add", "F01", "--type", type, "--text", text]
    let answer = try act("Karin", words + children.flatMap { ["--about", $0] })
    return try #require(answer["record"] as? String)
  }

  /// How somebody outside the staff calls the case.
  func reference(_ who: String) throws -> String {
    try #require(try kos(who, "case", "list", "--json")["case"] as? String)
  }

  /// What of cases somebody's replica holds, once it exchanged with the server.
  func held(_ who: String) throws -> Set<String> {
    try kos(who, "sync")
    let replica = try Replica(home: home(who))
    defer { replica.close() }
    return Set(try replica.records().filter { $0.caseID != nil }.map(\.id.description))
  }

  /// Every text in somebody's opened store.
  func stored(_ who: String) throws -> [String] {
    let replica = try Replica(home: home(who))
    defer { replica.close() }
    return try replica.records().flatMap { Wiretap.texts(of: $0.state) }
      + replica.status().refused.flatMap(\.texts)
  }

  private func home(_ who: String) -> String { served.folder.path + "/" + who }
}
