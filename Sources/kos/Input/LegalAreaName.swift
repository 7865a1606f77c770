import ArgumentParser
import CaseModel

/// A legal area, as people name it (R6).
enum LegalAreaName: String, ExpressibleByArgument, CaseIterable {
  case socialServices = "social_services"
  case school
}
