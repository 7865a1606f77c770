import Testing

/// Each rule shown what it must find and what it must leave alone.
@Suite struct RuleTests {
  private func file(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, text: text) }

  private func impure(_ code: String) -> Bool {
    !CodeRules.findings(in: file("Sources/CRDT/X.swift", code), of: CodeRules.impure).isEmpty
  }

  @Test(arguments: [
    "import Foundation", "public import Storage", "@testable import GRDB", "  import struct Foundation.Data",
    "@preconcurrency @_spi(Testing) internal import CaseModel", "#if canImport(X)\n  import Glibc\n#endif",
  ])
  func anImportBeyondTheLayerIsFound(line: String) {
    #expect(ImportRules.layerFindings(in: file("Sources/CRDT/X.swift", line)).count == 1)
  }

  @Test(arguments: [
    "public import Collections", "import OrderedCollections", "// import Foundation",
    "let a = \"import Storage\"",
    "let important = 1", "/*\nimport GRDB\n*/", "import Swift",
  ])
  func anImportWithinTheLayerIsLeftAlone(line: String) {
    #expect(ImportRules.layerFindings(in: file("Sources/CRDT/X.swift", line)).isEmpty)
  }

  @Test func aModuleWithoutARowIsFound() {
    #expect(ImportRules.layerFindings(in: file("Sources/New/X.swift", "")).count == 1)
  }

  @Test(arguments: [
    ("Sources/SyncServer/X.swift", "import GRDB", 1), ("Tests/EndToEndTests/X.swift", "import GRDB", 1),
    ("Sources/kosd/X.swift", "import CLibWebSockets", 1),
    ("Tests/Benchmarks/X.swift", "import CLibWebSockets", 1),
    ("Sources/Storage/X.swift", "public import GRDB", 0), ("Tests/StorageTests/X.swift", "import GRDB", 0),
    ("Sources/WebSocketTransport/X.swift", "import CLibWebSockets", 0),
  ])
  func aWrappedLibraryBelongsToItsWrapper(path: String, text: String, count: Int) {
    #expect(ImportRules.wrappingFindings(in: file(path, text)).count == count)
  }

  @Test(arguments: [
    "let a = Date()", "let a: Date = .now", "Date.now", "ContinuousClock.now", "clock.now",
    "ContinuousClock().now",
    "f(.now)", "UUID()", "UInt64.random(in: 0...9)", "Int.random(\n  in: 0...9)", "list.randomElement()",
    "list.shuffled()", "var g = SystemRandomNumberGenerator()", "FileManager.default",
    "ProcessInfo.processInfo",
    "try await Task.sleep(for: .seconds(1))", "Curve25519.Signing.PrivateKey()",
    "SymmetricKey(size: .bits256)",
    "Date(timeIntervalSinceNow: 1)", "let s = \"at \\(Date())\"", "let s = #\"\\#(UUID())\"#",
  ])
  func anImpureCallIsFound(code: String) {
    #expect(impure(code))
  }

  @Test(arguments: [
    "// Date()", "/* UUID() /* .now */ */", "let s = \"Date()\"",
    "let s = \"\"\"\n  UUID() \" .now\n  \"\"\"",
    "let s = #\"a \" Date()\"#", "let a = input.now", "self.now", "Int.random(in: 0...9, using: &generator)",
    "list.shuffled(using: &generator)", "Date(timeIntervalSince1970: 0)", "UUID(uuid: bytes)",
    "event.nowhere",
    "PrivateKey(rawRepresentation: bytes)", "SymmetricKey(data: bytes)", "let r = #/\"Date()/#",
    "header.random",
  ])
  func whatIsGivenOrOnlySaidIsLeftAlone(code: String) {
    #expect(!impure(code))
  }

  @Test func aFindingNamesItsLine() {
    let text = "let a = 1\n/* two\nlines */ let s = \"\"\"\n  x\n  \"\"\"\nlet b = UUID()\n"
    let findings = CodeRules.findings(in: file("Sources/CRDT/X.swift", text), of: CodeRules.impure)
    #expect(findings.map(\.line) == [6])
    #expect(findings.first?.description.hasPrefix("Sources/CRDT/X.swift:6: 'UUID()'") == true)
  }

  @Test(arguments: [("try! f()", 1), ("a as! B", 1), ("try? f()", 0), ("a as? B", 0), ("// try! f()", 0)])
  func trapsAreFound(code: String, count: Int) {
    #expect(CodeRules.findings(in: file("Sources/kos/X.swift", code), of: CodeRules.trapping).count == count)
  }

  @Test func longFilesAndLinesAreFound() {
    let wide = String(repeating: "x", count: 111)
    #expect(TextRules.sizeFindings(in: file("a.swift", "ok\n\(wide)\n")).map(\.line) == [2])
    #expect(TextRules.sizeFindings(in: file("a.swift", wide.dropLast() + "\n")).isEmpty)
    #expect(
      TextRules.sizeFindings(in: file("a.py", String(repeating: "\n", count: 501))).map(\.line) == [501])
    #expect(TextRules.sizeFindings(in: file("a.py", String(repeating: "\n", count: 500))).isEmpty)
    #expect(!TextRules.isOwnCode(file("Sources/WireProtocol/a.pb.swift", "")))
    #expect(TextRules.isOwnCode(file("Deploy/test", "#!/usr/bin/env bash\n")))
  }

  @Test func pathsOfOneMachineAreFound() {
    let own = ["see /" + "work/x", "\"/" + "work/\"", "/tmp/" + "wt-a", "`../" + "shared/docs`"]
    for text in own {
      #expect(TextRules.machinePathFindings(in: file("a.md", text)).count == 1, "\(text)")
    }
    let others = ["home/" + "work/x", "frame/" + "work/x", "../" + "sharedness", "https://a.org/" + "work/"]
    for text in others {
      #expect(TextRules.machinePathFindings(in: file("a.md", text)).isEmpty, "\(text)")
    }
  }

  @Test func theNameOfTheDraftIsFound() {
    for text in ["kos.sync.v1" + "-draft", "KOS.SYNC.V1" + "-DRAFT"] {
      #expect(TextRules.draftFindings(in: file("a.md", "x\n\(text)")).map(\.line) == [2], "\(text)")
    }
    #expect(TextRules.draftFindings(in: file("a.md", "kos.sync.v1, a draft of it")).isEmpty)
  }

  @Test func aScriptWithoutItsRunBitIsFound() {
    let script = file("Deploy/x", "#!/bin/sh\n")
    #expect(TextRules.runBitFindings(in: script, isExecutable: false).count == 1)
    #expect(TextRules.runBitFindings(in: script, isExecutable: true).isEmpty)
    #expect(TextRules.runBitFindings(in: file("Deploy/x.md", "# x"), isExecutable: false).isEmpty)
  }

  @Test(arguments: [
    ("[a](b.md)", 0), ("[a](missing.md)", 1), ("[a](../up.md#part)", 0), ("[a](../../out.md)", 1),
    ("[a](https://x.org/y)", 0), ("[a](#here)", 0), ("`[a](missing.md)`", 0), ("![i](missing.png \"t\")", 1),
    ("[ref]: missing.md", 1), ("```\n[a](missing.md)\n```", 0), ("[a](b.md) and [b](gone.md)", 1),
    ("    [a](missing.md)", 0),
  ])
  func linksAreFollowed(text: String, count: Int) {
    let there: Set = ["docs/b.md", "up.md"]
    #expect(TextRules.linkFindings(in: file("docs/a.md", text), exists: there.contains).count == count)
  }
}
