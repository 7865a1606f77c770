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
    for suffix in ["kr.", "kr"] where text.hasSuffix(suffix) { text = text.dropLast(suffix.count) }
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

  /// The amount as it is shown: `25.000 kr.`, `0,50 kr.`.
  var text: String {
    let kroner = String(amount / 100)
    var grouped = ""
    for (place, digit) in kroner.enumerated() {
      if place > 0, (kroner.count - place).isMultiple(of: 3), digit != "-" { grouped += "." }
      grouped.append(digit)
    }
    let oere = abs(amount % 100)
    if oere == 0 { return grouped + " kr." }
    return grouped + "," + (oere < 10 ? "0" : "") + String(oere) + " kr."
  }
}
