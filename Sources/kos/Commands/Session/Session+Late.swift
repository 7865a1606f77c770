import CRDT
import CaseModel

/// What is done after the time in which it should have been (R32, R34).
extension Session {
  /// What recurs in a case, as far as it may be late.
  enum Recurring {
    case contact, followUp
  }

  /// Since when something that is done on a day is late without a reason, and the step that it belongs to;
  /// `nil` where it is not late.
  func lateness(
    of recurring: Recurring, in file: CaseFile, on day: CalendarDay
  ) throws -> (window: CadenceWindow, step: String?)? {
    let stock = try replica.stock()
    let cadences = workflows(stock).cadences(of: file)
    let (interruptions, today) = (Interruptions(stock), max(day, self.day(nil)))
    let (clock, step) =
      switch recurring {
      case .contact:
        (
          ContactClock(file, interruptions: interruptions, cadences: cadences, on: today).clock,
          cadences.contactStep
        )
      case .followUp:
        (
          FollowUpClock(file, interruptions: interruptions, cadences: cadences, on: today).clock,
          cadences.followUpStep
        )
      }
    return clock.unexplained(by: day).map { ($0, step) }
  }

  /// Asks at a terminal why something comes late; `nil` where nobody can be asked, or says nothing.
  func whyLate(_ window: CadenceWindow) throws -> String? {
    guard !common.json else { return nil }
    let answer = try Prompt.line(output.say(.whyLate, window.last.description))
    return answer?.allSatisfy(\.isWhitespace) == false ? answer : nil
  }

  /// Tells that something came late without a reason, and how to say it afterwards to whoever may.
  func tellLate(_ window: CadenceWindow, _ step: String?, in file: CaseFile, on day: CalendarDay) {
    let isHers = (try? ownForecast(in: file.id))?.mayCreate(.step, in: file.id) == true
    guard let step, isHers else {
      return output.notice(output.say(.lateWithoutReason, window.last.description))
    }
    let reference = (try? replica.reference(of: file.id)) ?? short(file.id)
    output.notice(
      output.say(.lateSayWhy, window.last.description, reference, step, day.description))
  }
}
