// swift-tools-version: 6.2
import PackageDescription

/// One array for every Swift target, so that no target is held to less than the others.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What `popsec --version` says of the build. Resources/packaging/build-program.sh sets these variables; a program that
/// was built without them says that it doesn't know.
let stamps = ["POPSEC_COMMIT", "POPSEC_COMMIT_DATE"].compactMap { name in
  Context.environment[name].map { value in
    CSetting.define(name, to: "\"" + value.filter { $0.isLetter || $0.isNumber || "-:".contains($0) } + "\"")
  }
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let nio = ["NIOCore", "NIOPosix", "NIOHTTP1"].map { name in
  Target.Dependency.product(name: name, package: "swift-nio")
}
/// The linker that comes with Swift. Swift's own choice is GNU gold, which puts the program's constants among the data that
/// is written at each start, so that a start takes 1.5 ms longer.
let linker = LinkerSetting.unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux]))
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func target(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies, path: "Tests/" + name, exclude: exclude,
    swiftSettings: settings)
}

let package = Package(
  name: "popsec",
  products: [.executable(name: "popsec", targets: ["popsec"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // The pure core: values and rules, the standard library only.
    target("Access"),
    // The store's face, on Access's values; what its engines share: the schema and the queries; and the engines.
    target("Store", ["Access"]),
    .systemLibrary(name: "CSQLite"),
    target("SQLiteStore", ["Access", "Store", "SQLStore", "CPlatform", "CSQLite", grdb, sqlite]),
    .target(name: "CPostgres"),
    target("PostgresStore", ["Access", "Store", "SQLStore", "CPostgres"]),
    target(
      "SQLStore", ["Access", "Store"],
      resources: [
        .embedInCode("../../Resources/schema/0001-first.sql"),
        .embedInCode("../../Resources/schema/0001-first.sqlite.sql"),
        .embedInCode("../../Resources/schema/0001-first.postgres.sql"),
        .embedInCode("../../Resources/schema/0002-gate.sql"),
        .embedInCode("../../Resources/schema/0003-operators.sql"),
        .embedInCode("../../Resources/schema/0003-operators.sqlite.sql"),
        .embedInCode("../../Resources/schema/0003-operators.postgres.sql"),
        .embedInCode("../../Resources/schema/0004-settings.sql"),
        .embedInCode("../../Resources/schema/0005-keys.sql"),
        .embedInCode("../../Resources/schema/0005-keys.sqlite.sql"),
        .embedInCode("../../Resources/schema/0005-keys.postgres.sql"),
        .embedInCode("../../Resources/schema/0006-undo.sql"),
        .embedInCode("../../Resources/schema/0007-dual.sql"),
        .embedInCode("../../Resources/schema/0008-match.sql"),
        .embedInCode("../../Resources/schema/0009-gate-keys.sql"),
        .embedInCode("../../Resources/schema/0009-gate-keys.sqlite.sql"),
        .embedInCode("../../Resources/schema/0009-gate-keys.postgres.sql"),
        .embedInCode("../../Resources/schema/0010-refusals.sql"),
        .embedInCode("../../Resources/schema/0011-ends.sql"),
        .embedInCode("../../Resources/schema/0011-ends.sqlite.sql"),
        .embedInCode("../../Resources/schema/0011-ends.postgres.sql"),
        .embedInCode("../../Resources/schema/0012-record.sql"),
        .embedInCode("../../Resources/schema/0013-notices.sql"),
        .embedInCode("../../Resources/schema/0013-notices.postgres.sql"),
        .embedInCode("../../Resources/schema/0014-bounds.sql"),
        .embedInCode("../../Resources/schema/0015-owners.sql"),
        .embedInCode("../../Resources/schema/0016-requests.sql"),
        .embedInCode("../../Resources/schema/0017-console-settings.sql"),
        .embedInCode("../../Resources/schema/0018-laws.sql"),
        .embedInCode("../../Resources/schema/0019-altered.sql"),
        .embedInCode("../../Resources/schema/0020-token-search.sql"),
        .embedInCode("../../Resources/schema/0020-token-search.sqlite.sql"),
        .embedInCode("../../Resources/schema/gate-0001-first.sql"),
        .embedInCode("../../Resources/schema/gate-0001-first.postgres.sql"),
        .embedInCode("../../Resources/schema/gate-0002-presence.sql"),
        .embedInCode("../../Resources/schema/gate-0003-kept-head.sql"),
        .embedInCode("../../Resources/schema/gate-0004-networks.sql"),
        .embedInCode("../../Resources/schema/gate-0005-sums.sql"),
        .embedInCode("../../Resources/schema/gate-0005-sums.sqlite.sql"),
        .embedInCode("../../Resources/schema/gate-0005-sums.postgres.sql"),
        .embedInCode("../../Resources/schema/gate-0006-decoys.sql"),
        .embedInCode("../../Resources/schema/gate-0007-rates.sql"),
        .embedInCode("../../Resources/schema/gate-0008-stale.sql"),
      ]),
    // Token IDs: made, hashed, sealed; the key files.
    target("Sealing", ["Access", crypto]),
    // Use cases: change and audit in one transaction.
    target("Administration", ["Access", "Store", "Sealing", crypto]),
    // It reads libyaml's events through CYaml, the C module inside Yams, which is no product of its own.
    target(
      "Interchange", ["Access", "Store", "Administration", yams],
      resources: [.embedInCode("../../Resources/demo/demo.yaml")]),
    // The terminal: pure cells, and the one driver of ncurses.
    .target(name: "CPlatform"),
    .target(name: "CBuild", cSettings: stamps),
    target("Terminal", ["Access", "CPlatform"]),
    .target(name: "CNcurses"),
    target("Ncurses", ["Terminal", "CNcurses", "CPlatform"]),
    target(
      "Console", ["Access", "Store", "Administration", "Interchange", "Terminal"],
      resources: [.embedInCode("../../Resources/console/pages.tsv")]),
    // What a reverse proxy asks, over HTTP.
    target("Gate", ["Access", "Store", "Sealing", "Administration", crypto] + nio),
    .executableTarget(
      name: "popsec",
      dependencies: [
        "Access", "Store", "SQLiteStore", "PostgresStore", "Sealing", "Administration", "Interchange",
        "Terminal", "Ncurses", "Console", "Gate", "CPlatform", "CBuild",
        arguments,
      ],
      resources: [.embedInCode("../../Resources/openapi/gate.yaml")], swiftSettings: settings,
      linkerSettings: [linker]),
    // What speed is measured with: no test, and nothing that popsec needs.
    .executableTarget(
      name: "popsec-bench",
      dependencies: [
        "Access", "Store", "SQLStore", "SQLiteStore", "PostgresStore", "Sealing", "Administration",
        "TestSupport", "CMallocCount",
        arguments,
      ],
      path: "Tests/Benchmarks",
      exclude: [
        "Deciding/others.py", "Deciding/instructions.sh", "Gate/pairs.py", "Gate/database.py",
        "Gate/simulate.py", "Gate/measured.txt", "Gate/instructions.sh", "Console/instructions.sh",
        "instructions.sh", "instructions.md", "figures.py", "Parts",
      ],
      swiftSettings: settings),
    // Counts allocations, in the benchmarks alone.
    .target(name: "CMallocCount", path: "Tests/CMallocCount"),

    // What the tests of several targets share.
    .target(
      name: "TestSupport",
      dependencies: [
        "Access", "Store", "SQLiteStore", "PostgresStore", "Sealing", "Administration", "Interchange", grdb,
      ],
      path: "Tests/Support",
      swiftSettings: settings),
    // Apart, because the benchmarks have the former and no Testing.
    .target(
      name: "TestTraits", dependencies: ["TestSupport"], path: "Tests/Traits", swiftSettings: settings),
    tests("Access", ["Access"]),
    tests(
      "Store",
      ["Access", "Store", "SQLStore", "SQLiteStore", "PostgresStore", "TestSupport", "TestTraits", grdb]),
    tests("Sealing", ["Access", "Sealing", crypto]),
    tests(
      "Administration",
      [
        "Access", "Store", "SQLStore", "SQLiteStore", "PostgresStore", "Sealing", "Administration",
        "TestSupport", "TestTraits", grdb,
      ]),
    tests(
      "Gate",
      [
        "Access", "Store", "SQLStore", "SQLiteStore", "PostgresStore", "Sealing", "Administration",
        "Interchange", "Gate",
        "TestSupport",
        crypto,
        grdb,
      ] + nio),
    tests(
      "CommandLine",
      [
        "popsec", "Access", "Store", "SQLStore", "SQLiteStore", "PostgresStore", "Sealing", "Administration",
        "Interchange", "TestSupport",
        grdb, arguments,
      ]),
    tests(
      "Interchange",
      [
        "Access", "Store", "SQLStore", "SQLiteStore", "Sealing", "Administration", "Interchange",
        "TestSupport", "TestTraits",
      ],
      exclude: ["Importing/Documents"]),
    tests("Terminal", ["Terminal"]),
    tests("Ncurses", ["Terminal", "Ncurses", "CPlatform", "TestSupport"]),
    tests(
      "Console",
      [
        "Access", "Store", "SQLStore", "SQLiteStore", "Sealing", "Administration", "Interchange", "Terminal",
        "Console", "TestSupport", "TestTraits",
      ],
      exclude: ["Golden"]),
    // The built program on terminals. Only these tests need libvterm.
    .systemLibrary(name: "CVterm", path: "Tests/CVterm"),
    tests(
      "EndToEnd",
      [
        "popsec", "CVterm", "Access", "Store", "SQLStore", "SQLiteStore", "PostgresStore", "Sealing",
        "Administration", "TestSupport",
      ],
      exclude: ["Gate/assertions.py", "Notices/receiver.py"]),
  ]
)
