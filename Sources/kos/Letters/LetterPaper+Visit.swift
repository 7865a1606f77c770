import CRDT
import CaseModel

/// One page before a home visit (R61): who, what matters to the family, what happened, what to ask.
extension LetterPaper {
  /// So much of each, so that the page stays one.
  private static let contactsMax = 3
  private static let warningsMax = 3
  private static let goalsMax = 6
  private static let tasksMax = 6
  private static let textMax = 160

  /// The page.
  mutating func visitPage() -> Page {
    let title = say(.visitTitle)
    var content = head(title, to: nil)
    content += people() + goals() + contacts() + warnings() + visitTasks()
    content += [.element(.heading, say(.visitAsk)), .element(.list, questions().map { .element(.item, $0) })]
    content += [.element(.heading, say(.visitNotes))] + PageNode.lines(4)
    return Page(
      title: title, language: words.language.rawValue,
      content: content + [.element(.remark, say(.visitInternal))])
  }

  /// The same without anything of a family: lines to write on.
  static func blankVisitPage(_ words: Output, tenant: String) -> Page {
    let sections: [(Phrase, Int)] = [
      (.visitWho, 3), (.visitGoals, 4), (.visitContacts, 2), (.visitWarnings, 2), (.visitTasks, 3),
      (.visitAsk, 3), (.visitNotes, 6),
    ]
    let title = words.say(.visitTitle)
    return Page(
      title: title, language: words.language.rawValue,
      content: [.element(.remark, tenant), .element(.title, title)]
        + sections.flatMap { [.element(.heading, words.say($0.0))] + PageNode.lines($0.1) }
        + [.element(.remark, words.say(.visitInternal))])
  }

  private mutating func people() -> [PageNode] {
    let children = take(file.children).map { child in
      let name = child.text(Field.Child.name) ?? "–"
      let age = child.day(Field.Child.born).map { LetterText.age($0, on: day, words.language) }
      return age.map { "\(name), \($0)" } ?? name
    }
    let relatives = take(file.relatives).map { relative in
      let name = relative.text(Field.Relative.name) ?? "–"
      return relative.text(Field.Relative.relation).map { "\(name), \(words.label($0))" } ?? name
    }
    let parts = file.participants.filter { scope.shows($0.record) }
    _ = take(parts.map(\.record))
    let others = parts.map { member in
      "\(name(member.part.person)), \(words.label(member.part.role.name ?? ""))"
    }
    return [
      .element(.heading, say(.visitWho)),
      .element(.list, (children + relatives + others).map { .element(.item, $0) }),
    ]
  }

  private mutating func goals() -> [PageNode] {
    let open = file.goals.filter {
      ![Code.reached, Code.dropped].contains($0.text(Field.Goal.status))
        && $0.identifier(Field.Goal.replacedBy) == nil
    }
    let own = take(Array(open.prefix(Self.goalsMax)))
    return section(
      .visitGoals, own.map { $0.text(Field.Goal.title).map { LetterText.short($0, Self.textMax) } ?? "–" },
      isOrdered: true)
  }

  private mutating func contacts() -> [PageNode] {
    let last = take(Array(file.contacts.suffix(Self.contactsMax).reversed()))
    return section(
      .visitContacts,
      last.map { contact in
        let form = contact.text(Field.Contact.form).map { words.label($0) } ?? ""
        let text = LetterText.short(contact.text(Field.Contact.text) ?? "", Self.textMax)
        return "\(date(contact.happenedOn)), \(form)" + (text.isEmpty ? "" : ": \(text)")
      })
  }

  private mutating func warnings() -> [PageNode] {
    let own = take(
      Array(
        file.contacts.filter { $0.text(Field.Contact.earlyWarning) != nil }.suffix(Self.warningsMax)
          .reversed()))
    return section(
      .visitWarnings,
      own.map { contact in
        "\(date(contact.happenedOn)): "
          + LetterText.short(contact.text(Field.Contact.earlyWarning) ?? "", Self.textMax)
      })
  }

  private mutating func visitTasks() -> [PageNode] {
    let tasks = openTasks.sorted {
      ($0.day(Field.Task.dueOn) ?? .max, $0.id) < ($1.day(Field.Task.dueOn) ?? .max, $1.id)
    }
    let own = take(Array(tasks.prefix(Self.tasksMax)))
    return section(
      .visitTasks,
      own.map { task in
        let title = LetterText.short(task.text(Field.Task.title) ?? "–", Self.textMax)
        let due = task.day(Field.Task.dueOn)
        let late = due.map { $0 < day } == true ? " – " + say(.taskOverdue) : ""
        return "\(title) (\(owner(of: task)), \(date(due)))" + late
      })
  }

  private func section(_ title: Phrase, _ items: [String], isOrdered: Bool = false) -> [PageNode] {
    let list: PageNode =
      items.isEmpty
      ? .element(.paragraph, say(.visitNothing))
      : .element(isOrdered ? .numberedList : .list, items.map { .element(.item, $0) })
    return [.element(.heading, say(title)), list]
  }

  /// What to ask: what is always asked, and what follows from the case.
  private func questions() -> [String] {
    var questions = [say(.askDays), say(.askChange), say(.askPriorities)]
    if shown.contains(where: { $0.kind == .contact && $0.text(Field.Contact.earlyWarning) != nil }) {
      questions.append(say(.askWarning))
    }
    if shown.contains(where: { $0.kind == .task && $0.day(Field.Task.dueOn).map { $0 < day } == true }) {
      questions.append(say(.askOverdue))
    }
    let decided = file.all(.decision).contains { decision in
      decision.isIssued && decision.day(Field.Decision.deliveredOn) != nil
        && decision.day(Field.Decision.explainedOn) == nil
    }
    if decided { questions.append(say(.askDecision)) }
    return questions
  }
}
