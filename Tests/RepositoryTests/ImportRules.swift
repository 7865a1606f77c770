/// Which module may import what: the house's layers, edge to edge.
enum ImportRules {
  static let standardLibrary: Set = ["Swift"]
  static let collections: Set = [
    "Collections", "BitCollections", "DequeModule", "HashTreeCollections", "HeapModule", "OrderedCollections",
  ]
  /// What the edges and the shells may take from the system.
  static let system: Set = ["Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization"]
  static let pure: Set = ["CRDT", "CaseModel", "WireProtocol", "Replication"]
  static let house = pure.union(["Storage", "WebSocketTransport"])

  static let allowed: [String: Set<String>] = [
    "CRDT": collections,
    "CaseModel": ["CRDT", "FoundationEssentials"],
    "Workflows": ["CaseModel", "Yams"],
    "WireProtocol": ["CRDT", "CZlib", "SwiftProtobuf", "Crypto", "FoundationEssentials"],
    "Replication": collections.union(["CRDT", "CaseModel", "WireProtocol", "SwiftProtobuf"]),
    "Storage": pure.union(system).union(["CLinux", "GRDB", "GRDBSQLite", "Crypto", "CryptoExtras"]),
    "WebSocketTransport": system.union(["CLibWebSockets", "CLinux", "Logging"]),
    "SyncServer": house.union(system).union(collections).union(["CLinux", "Crypto", "Logging"]),
    "SyncClient": house.union(system).union(collections).union(["Crypto", "Logging"]),
    "kosd": system.union(["SyncServer", "WebSocketTransport", "ArgumentParser", "Logging"]),
    "kos": system.union([
      "SyncClient", "CaseModel", "CRDT", "CLinux", "Workflows", "ArgumentParser",
    ]),
  ]

  /// Modules that one module alone wraps; its own tests may look behind the wrapping.
  static let wrapped = [
    "CLibWebSockets": ["WebSocketTransport", "WebSocketTransportTests"],
    "GRDB": ["Storage", "StorageTests", "Fuzzing"],
    "GRDBSQLite": ["Storage", "Benchmarks"], "CZlib": ["WireProtocol"], "Yams": ["Workflows"],
  ]

  static let importPattern =
    #"^[ \t]*(?:@\w+(?:\([^)\n]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"#
    + #"import\s+(?:(?:typealias|struct|class|enum|protocol|let|var|func)\s+)?\w+"#

  static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
    file.matches(of: importPattern, in: file.code).compactMap { match in
      match.text.split(whereSeparator: \.isWhitespace).last.map { (match.line, String($0)) }
    }
  }

  static func layerFindings(in file: SourceFile) -> [Finding] {
    guard let module = file.module else { return [] }
    guard let allowed = allowed[module] else {
      return [Finding(path: file.path, line: 1, rule: "\(module) has no row of allowed imports")]
    }
    return imports(of: file)
      .filter { !allowed.union(standardLibrary).contains($0.module) }
      .map { Finding(path: file.path, line: $0.line, rule: "\(module) may not import \($0.module)") }
  }

  static func wrappingFindings(in file: SourceFile) -> [Finding] {
    let module = file.module ?? file.testModule ?? ""
    return imports(of: file).compactMap { imported in
      guard let owners = wrapped[imported.module], !owners.contains(module) else { return nil }
      let rule = "only \(owners[0]) imports \(imported.module)"
      return Finding(path: file.path, line: imported.line, rule: rule)
    }
  }
}
