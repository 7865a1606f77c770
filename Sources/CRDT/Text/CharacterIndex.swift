/// The numbers that this replica gave to the characters of a text, from 0 in the order in which they came,
/// and their names, which are the same everywhere: what one change put in has numbers that follow each other.
struct CharacterIndex: Sendable {
  /// The characters that one change put in.
  struct Run: BitwiseCopyable, Sendable {
    /// The number of the first.
    let start: UInt32
    let length: UInt32
    let actor: ActorID
    let number: UInt64

    var change: ChangeID { ChangeID(actor: actor, number: number) }
  }

  /// How many characters there are.
  private(set) var count: UInt32 = 0
  /// In order of number.
  private(set) var runs = PagedArray<Run>(pageShift: 8)
  /// Who wrote each run, and when.
  private var authors = PagedArray<Authorship>(pageShift: 8)
  /// The places in `runs` of each actor's, in order of the change's number.
  private var places: [PagedArray<UInt32>] = []
  private var actors: [ActorID: Int] = [:]
  /// The actor whose characters came last, and its place in `places`.
  private var lastActor: (id: ActorID, place: Int)?

  /// Gives numbers to what a change put in, and returns the first.
  ///
  /// - Complexity: O(1); O(changes of the actor) for a change that comes after a later one.
  mutating func append(_ change: ChangeID, length: UInt32, by author: Authorship) -> UInt32 {
    let run = Run(start: count, length: length, actor: change.actor, number: change.number)
    let actor = place(of: change.actor)
    let last = places[actor].count - 1
    if last >= 0, runs[Int(places[actor][last])].number > change.number {
      insertInOrder(runs.count, change.number, actor)
    } else {
      places[actor].append(UInt32(runs.count))
    }
    runs.append(run)
    authors.append(author)
    count += length
    return run.start
  }

  /// What a change put in; `nil` when it is not here.
  ///
  /// - Complexity: O(log changes of the actor)
  func run(of change: ChangeID) -> Run? {
    guard let actor = lastActor?.id == change.actor ? lastActor?.place : actors[change.actor] else {
      return nil
    }
    var low = 0
    var high = places[actor].count
    // Most often what was written last is asked for.
    if high > 0, runs[Int(places[actor][high - 1])].number <= change.number { low = high - 1 }
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[Int(places[actor][middle])].number <= change.number { low = middle } else { high = middle }
    }
    guard low < high else { return nil }
    let run = runs[Int(places[actor][low])]
    return run.number == change.number ? run : nil
  }

  /// The place in `runs` of the change that put a character in.
  ///
  /// - Complexity: O(log changes)
  func place(of character: UInt32) -> Int {
    var low = 0
    var high = runs.count
    if high > 0, runs[high - 1].start <= character { low = high - 1 }
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].start <= character { low = middle } else { high = middle }
    }
    return low
  }

  /// Who wrote the run at a place in `runs`, and when.
  func author(at place: Int) -> Authorship { authors[place] }

  /// The name of a character that has a number.
  ///
  /// - Complexity: O(log changes)
  func dot(of character: UInt32) -> Dot {
    let run = runs[place(of: character)]
    return Dot(change: run.change, index: character - run.start)
  }

  private mutating func place(of actor: ActorID) -> Int {
    if let lastActor, lastActor.id == actor { return lastActor.place }
    let place = actors[actor] ?? places.count
    if place == places.count {
      actors[actor] = place
      places.append(PagedArray(pageShift: 8))
    }
    lastActor = (actor, place)
    return place
  }

  private mutating func insertInOrder(_ place: Int, _ number: UInt64, _ actor: Int) {
    var sorted = (0..<places[actor].count).map { places[actor][$0] }
    let index = sorted.firstIndex { runs[Int($0)].number > number }
    sorted.insert(UInt32(place), at: index ?? sorted.endIndex)
    places[actor] = PagedArray(pageShift: 8)
    for place in sorted { places[actor].append(place) }
  }
}
