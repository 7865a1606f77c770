import Foundation
import Testing

/// The rules of the house, held against every file of the project.
@Suite struct RepositoryTests {
  @Test func theProjectIsFound() {
    #expect(Repository.trackedPaths.contains("Package.swift"))
    #expect(!Repository.sources.isEmpty)
  }

  @Test func modulesImportWhatTheirLayerAllows() {
    expectNone(Repository.sources.flatMap(ImportRules.layerFindings))
  }

  @Test func wrappedLibrariesAreImportedByTheirWrapperAlone() {
    expectNone(Repository.swift.flatMap(ImportRules.wrappingFindings))
  }

  @Test func pureModulesTakeTimeChanceAndKeysAsArguments() {
    let pure = Repository.sources.filter { ImportRules.pure.contains($0.module ?? "") }
    expectNone(pure.flatMap { CodeRules.findings(in: $0, of: CodeRules.impure) })
  }

  @Test func sourcesDoNotTrapOnErrorsAndCasts() {
    expectNone(Repository.sources.flatMap { CodeRules.findings(in: $0, of: CodeRules.trapping) })
  }

  @Test func filesAndLinesAreShort() {
    expectNone(Repository.texts.filter(TextRules.isOwnCode).flatMap(TextRules.sizeFindings))
  }

  @Test func noFileNamesAPathOfOneMachine() {
    expectNone(Repository.texts.flatMap(TextRules.machinePathFindings))
  }

  @Test func nothingNamesTheDraftOfTheProtocol() {
    expectNone(Repository.texts.flatMap(TextRules.draftFindings))
  }

  @Test func scriptsHaveTheirRunBit() {
    let findings = Repository.texts.flatMap { file in
      let path = Repository.url(file.path).path
      return TextRules.runBitFindings(
        in: file, isExecutable: FileManager.default.isExecutableFile(atPath: path))
    }
    expectNone(findings)
  }

  @Test func markdownLinksLeadSomewhere() {
    let markdown = Repository.texts.filter { $0.path.hasSuffix(".md") }
    let exists = { FileManager.default.fileExists(atPath: Repository.url($0).path) }
    expectNone(markdown.flatMap { TextRules.linkFindings(in: $0, exists: exists) })
  }
}
