import CaseModel
import Foundation
import Testing
import Workflows

/// The two definitions that come with the program, against the documents that they are made from.
@Suite struct ShippedWorkflowTests {
  private func file(_ name: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("Protocol/workflows/\(name).yaml"), encoding: .utf8)
  }

  @Test(arguments: ShippedWorkflow.allCases)
  func theProgramHasWhatTheFileSays(shipped: ShippedWorkflow) throws {
    #expect(try file(shipped.rawValue) == shipped.definition)
    let workflow = try WorkflowFile.parse(shipped.definition)
    #expect(workflow == shipped.workflow && workflow.code == shipped.rawValue && workflow.version == 1)
    #expect(shipped.definition.utf8.count <= WorkflowFile.adoptedByteCountMax)
    for step in workflow.steps {
      #expect(step.title.english != nil && step.purpose?.english != nil && step.content?.english != nil)
    }
  }

  /// R1–R36: steps 0–7, 8–11, and 2–7 again.
  @Test func theStepsOfTheProject() {
    let workflow = ShippedWorkflow.kos.workflow
    let start = workflow.steps.filter { $0.phase == .start }
    let operation = workflow.steps.filter { $0.phase == .operation }
    #expect(start.map(\.number) == ["0", "1", "2", "3", "4", "5", "6", "7a", "7b"])
    #expect(operation.map(\.number) == ["8", "9", "10", "11"])
    let repeated = start.filter { workflow.repeatedSteps.contains($0.code) }
    #expect(repeated.map(\.number) == ["2", "3", "4", "5", "6", "7a", "7b"])
    #expect(
      workflow.repetition?.triggers == [
        "school_start", "divorce", "worsening", "moving_home", "family_increase",
      ])
    #expect(workflow.step("2")?.gates == [.bothLegalAreas])
    #expect(workflow.step("6")?.gates == [.withParents, .lawfulBasis])
    #expect(
      workflow.cadences == Cadences(contactStep: "contact", followUpStep: "follow_up"))
  }

  /// R4, R8, R17, R24, R26, R59: the seven steps, with the municipality's texts in brackets.
  @Test func theStepsOfTheTemplate() {
    let workflow = ShippedWorkflow.enFamilieEnIndgang.workflow
    #expect(workflow.steps.map(\.number) == ["1", "2", "3", "4", "5", "6", "7"])
    #expect(workflow.steps.filter(\.isOptional).map(\.number) == ["4"])
    for step in workflow.steps {
      let texts = [
        step.purpose?.danish, step.content?.danish, step.participants.text?.danish,
        step.responsible.text?.danish,
      ]
      for text in texts {
        #expect(text?.hasPrefix("[") == true && text?.hasSuffix("]") == true, "\(step.code): \(text ?? "–")")
      }
    }
    #expect(workflow.step("1")?.responsible.parts == [.leader])
    #expect(workflow.step("2")?.participants.parts.contains(.child) == true)
    // R24: the summarising meeting, with the perspective of child and family.
    let meeting = workflow.step("6")
    #expect(meeting?.participants.parts.prefix(2) == [.child, .family])
    #expect(meeting?.content?.danish.contains("perspektiver") == true)
  }
}
