import ArgumentParser
import CRDT
import CaseModel

/// What the commands take that take a task on.
struct TaskMoveOptions: ParsableArguments {
  @OptionGroup var step: StepOptions
  @Argument(
    help: Phrase(
      "Opgaven: dens nummer i task list eller dens id.", "The task: its number in task list, or its id."
    ).help())
  var task: String
  @Option(
    help: Phrase("Hvorfor: sen, afvist eller opgivet.", "Why: late, refused or given up.").help())
  var reason: String?
}

/// A command that takes a task on to another status.
protocol TaskMove: ReplicaCommand {
  /// What it becomes.
  static var status: TaskStatus { get }
  /// What the command takes.
  var move: TaskMoveOptions { get }
}

extension TaskMove {
  func work(_ session: Session) async throws {
    let file = try session.file(move.step.caseReference)
    let task = try session.record(move.task, in: file.all(.task))
    try session.open([task])
    let output = session.output
    let standing = TaskStatus(of: task)
    guard standing?.mayBecome(Self.status) == true else {
      let code = standing?.rawValue ?? task.text(Field.Task.status) ?? ""
      throw Failure(.usage, .taskOver, CodeNames.task(code, in: output.language))
    }
    let day = try session.pastDay(move.step.on)
    let isRefusal = Self.status == .rejected || Self.status == .cancelled
    if isRefusal, move.reason == nil { throw Failure(.usage, .taskWhy) }
    if Self.status == .completed, move.reason == nil, CaseWork.isLate(task, on: day) {
      throw Failure(.usage, .taskLate, task.day(Field.Task.dueOn)?.description ?? "")
    }
    let draft = CaseWork.move(task, to: Self.status, reason: move.reason, on: day)
    try await session.save(
      [draft], move.step.write,
      output.say(.taskKept, CodeNames.task(Self.status.rawValue, in: output.language)),
      session.recorded(draft, in: file).members + [("status", .string(Self.status.rawValue))])
  }
}
