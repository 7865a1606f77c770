import ArgumentParser

/// What a protected contact says.
enum ProtectedContactSort: String, ExpressibleByArgument, CaseIterable {
  case address, school, whereabouts
  case meetingPlace = "meeting-place"
  case cpr

  /// The code of `Field.ProtectedContact.sort`.
  var code: String { rawValue.replacing("-", with: "_") }
}
