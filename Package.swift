// swift-tools-version:6.2
import PackageDescription

/// Every own target compiles in Swift 6 mode, keeps its imports to itself unless it says `public import`, and
/// is built without a warning.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "kos",
  products: [
    .library(name: "CRDT", targets: ["CRDT"]),
    .library(name: "CaseModel", targets: ["CaseModel"]),
    .library(name: "Workflows", targets: ["Workflows"]),
    .library(name: "WireProtocol", targets: ["WireProtocol"]),
    .library(name: "Replication", targets: ["Replication"]),
    .library(name: "SyncClient", targets: ["SyncClient"]),
    .library(name: "SyncServer", targets: ["SyncServer"]),
    .library(name: "WebSocketTransport", targets: ["WebSocketTransport"]),
    .executable(name: "kosd", targets: ["kosd"]),
    .executable(name: "kos", targets: ["kos"]),
    .executable(name: "kos-bench", targets: ["kos-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Edges to C.
    .systemLibrary(
      name: "CLibWebSockets", pkgConfig: "libwebsockets", providers: [.apt(["libwebsockets-dev"])]),
    .target(name: "CLinux"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // Pure: no socket, disk, clock or randomness.
    .target(name: "CRDT", swiftSettings: strict),
    .target(name: "CaseModel", dependencies: ["CRDT"], swiftSettings: strict),
    .target(
      name: "Workflows", dependencies: ["CaseModel", .product(name: "Yams", package: "Yams")],
      resources: [
        .embedInCode("Definitions/kos.yaml"), .embedInCode("Definitions/en-familie-en-indgang.yaml"),
      ], swiftSettings: strict),
    .target(
      name: "WireProtocol",
      dependencies: [
        "CRDT", "CZlib", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: strict),
    .target(
      name: "Replication",
      dependencies: [
        "CRDT", "CaseModel", "WireProtocol",
        .product(name: "Collections", package: "swift-collections"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], swiftSettings: strict),

    // Edges to disk and network.
    .target(
      name: "Storage",
      dependencies: [
        "CRDT", "CaseModel", "WireProtocol", "Replication", "CLinux",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ], swiftSettings: strict),
    .target(
      name: "WebSocketTransport",
      dependencies: ["CLibWebSockets", "CLinux", .product(name: "Logging", package: "swift-log")],
      swiftSettings: strict),

    // Shells and executables.
    .target(
      name: "SyncServer",
      dependencies: [
        "CRDT", "CaseModel", "WireProtocol", "Replication", "Storage", "WebSocketTransport", "CLinux",
        .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .target(
      name: "SyncClient",
      dependencies: [
        "CRDT", "CaseModel", "WireProtocol", "Replication", "Storage", "WebSocketTransport",
        .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "kosd",
      dependencies: [
        "SyncServer", "WebSocketTransport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "kos",
      dependencies: [
        "SyncClient", "CaseModel", "CRDT", "CLinux", "Workflows",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "kos-bench",
      dependencies: [
        "SyncClient", "SyncServer", "Workflows", "CaseModel", "CRDT", "WireProtocol", "Replication",
        "WebSocketTransport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        // For the bare table that ingest is compared with.
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      path: "Tests/Benchmarks", exclude: ["peers", "traces"], swiftSettings: strict),

    // What tests of the real programs share, and the test that kills them.
    .target(
      name: "TestProcesses", dependencies: ["SyncClient", "CaseModel", "CRDT"], path: "Tests/Processes",
      swiftSettings: strict),
    .executableTarget(
      name: "kos-kill-test",
      dependencies: [
        "TestProcesses", "SyncClient", "Storage", "CaseModel", "CRDT", "WireProtocol", "kos", "kosd",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Tests/KillTests", swiftSettings: strict),

    // Disks that fail, under the real stores.
    .target(
      name: "CSimulatedDisk", path: "Tests/SimulatedDisk/CSimulatedDisk",
      linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(
      name: "SimulatedDisk", dependencies: ["CSimulatedDisk", "Storage"],
      path: "Tests/SimulatedDisk/SimulatedDisk", swiftSettings: strict),
    .target(
      name: "DiskFaults",
      dependencies: ["SimulatedDisk", "Storage", "Replication", "CaseModel", "CRDT", "WireProtocol"],
      path: "Tests/DiskFaults", swiftSettings: strict),
    .executableTarget(
      name: "kos-disk-test",
      dependencies: ["DiskFaults", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Tests/DiskFaultCommand", swiftSettings: strict),
    .testTarget(name: "DiskFaultTests", dependencies: ["DiskFaults"], swiftSettings: strict),
    .testTarget(
      name: "SimulatedDiskTests", dependencies: ["SimulatedDisk", "Storage"], swiftSettings: strict),

    // The real machines and stores with a network, disks, clocks and processes that are drawn from a seed.
    .executableTarget(
      name: "simulate",
      dependencies: [
        "SimulatedDisk", "Storage", "Replication", "CaseModel", "CRDT", "WireProtocol",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], path: "Tests/Simulation", exclude: ["Mutations", "README.md", "MUTATIONS.md"],
      swiftSettings: strict),

    // Tests.
    .testTarget(
      name: "CRDTTests", dependencies: ["CRDT"], exclude: ["MUTATIONS.md"], swiftSettings: strict),
    .testTarget(
      name: "CaseModelTests", dependencies: ["CaseModel", "Workflows"], exclude: ["MUTATIONS.md"],
      swiftSettings: strict),
    .testTarget(name: "WorkflowsTests", dependencies: ["Workflows", "CaseModel"], swiftSettings: strict),
    .testTarget(name: "WireProtocolTests", dependencies: ["WireProtocol"], swiftSettings: strict),
    .testTarget(
      name: "ReplicationTests",
      dependencies: [
        "Replication", "CaseModel", "CRDT", "WireProtocol",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "Crypto", package: "swift-crypto"),
      ], exclude: ["MUTATIONS.md"], swiftSettings: strict),
    .testTarget(name: "StorageTests", dependencies: ["Storage"], swiftSettings: strict),
    .testTarget(
      name: "WebSocketTransportTests", dependencies: ["WebSocketTransport"], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "SyncClient", "SyncServer", "CaseModel", "CRDT", "kos", "kosd", "TestProcesses", "Replication",
        "Storage", "WireProtocol", .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests", dependencies: ["kos", "kosd"],
      exclude: [
        "Support/damage.py", "Support/expire-codes.py", "Support/make-certificates",
        "Support/other-version.py", "Support/replica_seal.py", "Support/search-replica.py",
      ], swiftSettings: strict),
    .testTarget(name: "RepositoryTests", swiftSettings: strict),
  ]
)
