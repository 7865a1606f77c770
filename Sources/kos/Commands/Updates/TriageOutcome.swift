import ArgumentParser
import CRDT
import CaseModel

/// What the coordinator made of an update.
enum TriageOutcome: String, ExpressibleByArgument, CaseIterable {
  case action, none
}
