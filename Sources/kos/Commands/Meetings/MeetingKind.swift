import ArgumentParser
import CaseModel

/// A sort of meeting in a case.
enum MeetingKind: String, ExpressibleByArgument, CaseIterable {
  case assessment, analysis
  case followUp = "follow-up"

  /// The kind of its record.
  var record: RecordKind {
    switch self {
    case .assessment: .assessmentMeeting
    case .analysis: .analysisMeeting
    case .followUp: .followUpMeeting
    }
  }
}
