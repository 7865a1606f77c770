import ArgumentParser

/// An amount of Danish kroner, as people write it: `25000`, `25.000,50` or `25000,50 kr`.
struct Money: ExpressibleByArgument, Hashable, Sendable {
  /// In øre.
  let amount: Int

  /// The largest amount: 10 billion kroner.
  static let max = 1_000_000_000_000

  /// Holds an amount in øre.
  init(amount: Int) { self.amount = amount }

  /// Reads an amount; `nil` for what is none, is negative or is beyond `max`.
  init?(argument: String) {
    var text = argument.lowercased()[...]
    for suffix in ["kroner", "kr.", "kr"] where text.hasSuffix(suffix) { text = text.dropLast(suffix.count) }
    while text.last == " " { text.removeLast() }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = parts.first, let kroner = Self.whole(first) else {
      return nil
    }
    var oere = 0
    if parts.count == 2 {
      let cents = parts[1]
      guard (1...2).contains(cents.utf8.count), let number = Self.digits(cents) else { return nil }
      oere = cents.utf8.count == 1 ? number * 10 : number
    }
    guard kroner <= Self.max / 100 else { return nil }
    amount = kroner * 100 + oere
  }

  /// The whole kroner, with points between thousands or without any.
  private static func whole(_ text: Substring) -> Int? {
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    guard groups.count > 1 else { return digits(text) }
    guard let first = groups.first, (1...3).contains(first.utf8.count),
      groups.dropFirst().allSatisfy({ $0.utf8.count == 3 })
    else { return nil }
    return digits(Substring(groups.joined()))
  }

  private static func digits(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 15, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  /// The amount as it is shown: `25.000 kroner`, or `DKK 25,000.50`.
  func text(in language: Language) -> String {
    let (group, point) = language == .danish ? (".", ",") : (",", ".")
    var kroner = ""
    for (place, digit) in String(amount.magnitude / 100).reversed().enumerated() {
      if place > 0, place.isMultiple(of: 3) { kroner = group + kroner }
      kroner = String(digit) + kroner
    }
    let oere = amount.magnitude % 100
    let rest = oere == 0 ? "" : point + (oere < 10 ? "0" : "") + String(oere)
    let number = (amount < 0 ? "-" : "") + kroner + rest
    return language == .danish ? number + " kroner" : "DKK " + number
  }
}
