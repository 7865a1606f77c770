import CRDT

/// When it was last looked through what a person began to read by the time alone, under what governed then:
/// since the server was started.
///
/// What came before is noted by record. Under what governs now it must not be judged anew, since what was
/// written meanwhile, in secret too, makes the past look otherwise than it was.
struct AccessLook {
  private var everywhere = Int64.min
  private var cases: [Identifier: Int64] = [:]

  mutating func noteEverywhere(at instant: Int64) { everywhere = instant }

  mutating func note(_ cases: Set<Identifier>, at instant: Int64) {
    for caseID in cases { self.cases[caseID] = instant }
  }

  /// When a case was last looked through; the beginning of time where it was not, or where that was by a
  /// clock that was ahead.
  func last(in caseID: Identifier, before now: Int64) -> Int64 {
    let last = max(everywhere, cases[caseID] ?? .min)
    return last <= now ? last : .min
  }
}
