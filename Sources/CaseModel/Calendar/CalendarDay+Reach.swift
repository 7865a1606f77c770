/// Which days a person can mean.
extension CalendarDay {
  /// So many years back reaches what case work knows of: nobody who is spoken of is older.
  public static let yearsBackMax = 150
  /// So many years ahead reaches what case work plans: a child that is born today has come of age.
  public static let yearsAheadMax = 20

  /// Whether somebody who writes a day can have meant this one: what lies further away is a slip in the year.
  public func isWithinReach(of today: CalendarDay) -> Bool {
    let first = (try? today.adding(months: -12 * Self.yearsBackMax)) ?? .min
    let last = (try? today.adding(months: 12 * Self.yearsAheadMax)) ?? .max
    return first <= self && self <= last
  }
}
