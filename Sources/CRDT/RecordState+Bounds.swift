extension RecordState {
  /// How many fields hold anything.
  public var fieldCount: Int { fields.count + texts.count }

  /// Whether a field holds anything as one kind.
  public func holds(_ key: Key) -> Bool {
    key.kind == .text ? texts[key.field] != nil : fields[key] != nil
  }

  /// How many characters the texts have and had, deleted ones included.
  public var textCharacters: Int { texts.values.reduce(0) { $0 + $1.insertedCount } }

  /// The first field that would hold more live operations after the change than the limit for its kind, so
  /// that a peer cannot grow one without bound; `nil` when there is none.
  ///
  /// Exact, except that what a change `ahead` would supersede at once is counted.
  ///
  /// - Complexity: O(operations) while the fields are far from the limit, otherwise also the live operations
  ///   of the touched fields × log actors. The state is not copied.
  public func fieldOver(limit: (FieldKind) -> Int, after change: Change) -> FieldID? {
    for operation in change.operations {
      let key = Key(field: operation.field, kind: operation.kind)
      let bound = limit(key.kind)
      guard fields[key, default: []].count + change.operations.count > bound else { continue }
      if liveCount(key, after: change) > bound { return key.field }
    }
    return nil
  }

  /// How many live operations a field would hold after the change.
  func liveCount(_ key: Key, after change: Change) -> Int {
    let standing = fields[key, default: []]
    if version.contains(change.id) { return standing.count }
    var reachesField = false
    var elements: Set<Value> = []
    var added: [Value] = []
    for operation in change.operations where operation.field == key.field && operation.kind == key.kind {
      switch operation.reach {
      case .nothing: break
      case .field:
        reachesField = true
        added = []
      case .element(let element):
        elements.insert(element)
        added.removeAll { $0 == element }
      }
      if let value = operation.keptValue { added.append(value) }
    }
    var kept = standing.count
    if reachesField || !elements.isEmpty {
      for place in standing.indices
      where (reachesField || elements.contains(standing[place].value))
        && change.context.hasSeen(standing[place].context)
      {
        kept -= 1
      }
    }
    return kept + added.count
  }
}
