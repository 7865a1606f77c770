import ArgumentParser
import CRDT
import CaseModel

/// Lists tasks.
struct TaskList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase("Vis opgaverne.", "List the tasks.").said)

  @Argument(help: Phrase("Sagen, ellers alle sager.", "The case, else all cases.").help(valueName: "ref"))
  var caseReference: String?
  @Flag(
    help: Phrase(
      "Kun dem, der er dine at gøre eller få gjort.", "Only those that are yours to do or to have done."
    ).help())
  var mine = false
  @Flag(help: Phrase("Også dem, der er ovre.", "Those that are over too.").help())
  var all = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let files = try caseReference.map { [try session.file($0)] } ?? stock.cases
    let output = session.output
    let today = session.day(nil)
    let shown = files.flatMap { file in
      // The number is that of the case, by which the other commands name a task.
      file.all(.task).enumerated().map { (number: $0.offset + 1, task: $0.element, file: file) }
    }.filter { entry in
      let isOpen = TaskStatus(of: entry.task)?.isOpen ?? true
      let isMine = entry.file.isTask(entry.task, of: session.me, on: today)
      return (all || isOpen) && (!mine || isMine)
    }
    for file in files { try session.keepNumbers(of: file.all(.task)) }
    try session.open(shown.map(\.task))
    var rows: [[String]] = []
    for (number, task, file) in shown {
      let owner = task.identifier(Field.Task.owner)
      let name = owner.map { session.name($0, stock) } ?? task.text(Field.Task.ownerLabel)?.shown ?? "–"
      let status = task.text(Field.Task.status) ?? TaskStatus.requested.rawValue
      let due = task.day(Field.Task.dueOn)
      let isOpen = TaskStatus(of: task)?.isOpen ?? true
      output.object([
        ("record", JSON(task.id)), ("case", JSON(session.reference(file.id))), ("case_id", JSON(file.id)),
        ("number", .integer(Int64(number))), ("text", JSON(task.text(Field.Task.title))),
        ("owner", JSON(owner)), ("owner_name", JSON(name)), ("status", .string(status.shown)),
        ("due_on", JSON(due)),
        ("overdue_days", .integer(isOpen ? due.map { Int64(max(0, today.days(since: $0))) } ?? 0 : 0)),
        ("goal", JSON(task.identifier(Field.Task.goal))), ("reason", JSON(task.text(Field.Task.reason))),
        ("pending", .boolean(try session.replica.isPending(task.id))),
      ])
      rows.append([
        session.reference(file.id) ?? "", String(number),
        due.map { isOpen ? output.due($0, from: today) : $0.description } ?? "–", name,
        CodeNames.task(status, in: output.language),
        (task.text(Field.Task.title)?.shown(upTo: 60) ?? "–") + (try session.mark(task)),
      ])
    }
    output.table(rows)
  }
}
