import ArgumentParser
import CaseModel

/// A sort of meeting in a case.
enum MeetingKind: String, ExpressibleByArgument, CaseIterable {
  case assessment, analysis
}
