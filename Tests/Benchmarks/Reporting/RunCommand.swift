import ArgumentParser
import Foundation

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Measure popsec, and other programs beside it; print Markdown tables.",
    discussion: "Build both with -c release. Stores and lists are made where they are missing, and kept.")

  @Option(help: "A store of that many API users; may be given several times.")
  var count: [Int] = [1_000, 1_000_000]

  @Option(help: "How often each program is started.")
  var runs = 5

  @Option(
    help: """
      Programs to compare with: tig, htop, mc, nnn, less, vim, and echo, the least that is possible; \
      those not installed are left out.
      """)
  var against = ""

  @Option(help: "Where stores and lists are kept.")
  var folder = ".build/benchmarks"

  @Option(help: "The program to measure; else popsec beside this one.")
  var popsec: String?

  @Flag(help: "Leave the terminal out: only calls of the store.")
  var onlyInside = false

  func validate() throws {
    guard runs > 0 else { throw ValidationError("--runs is at least 1") }
  }

  func run() async throws {
    let folder = URL(fileURLWithPath: folder).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let load = Machine.load
    let stores = try await stores(in: folder)
    print("\(Machine.day), \(Machine.description); \(runs) runs.\n")
    if !onlyInside { print(Table(try measured(try programs(stores, in: folder))).text + "\n") }
    print(Table(try stores.map { ($0.title, try Inside(folder: $0.path, count: $0.count).measure()) }).text)
    print("\nLoad average before \(load), after \(Machine.load).")
  }

  private struct MadeStore {
    let path: String
    let count: Int
    var title: String { count.formatted(.number.locale(Locale(identifier: "en_US"))) }
  }

  private func stores(in folder: String) async throws -> [MadeStore] {
    var stores: [MadeStore] = []
    for count in count {
      let store = MadeStore(path: "\(folder)/store-\(count)", count: count)
      if !FileManager.default.fileExists(atPath: store.path) {
        try await Generator(count: count, folder: store.path).run { _ in }
      }
      stores.append(store)
    }
    return stores
  }

  private func programs(_ stores: [MadeStore], in folder: String) throws -> [Program] {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let binary = popsec ?? beside.appendingPathComponent("popsec").path
    let own = try stores.flatMap {
      try Program.popsec(binary, store: $0.path, title: $0.title, state: "\(folder)/state-\($0.count)")
    }
    let names = against.split(separator: ",").map(String.init)
    return try own
      + names.filter(isInstalled).map { name in
        guard let program = try Program.rival(name, in: folder) else { throw Failure("\(name) is not known") }
        return program
      }
  }

  private func isInstalled(_ name: String) -> Bool {
    ["/usr/bin/", "/usr/local/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
  }

  /// Measures one run of each program in turn, so that a disturbance affects all of them.
  private func measured(_ programs: [Program]) throws -> [(program: Program, figures: Program.Figures)] {
    var measured = programs.map { (program: $0, figures: Program.Figures()) }
    // The first run is not counted, because it warms the kernel's cache of files.
    for program in programs {
      var cold = Program.Figures()
      var startOnly = program
      startOnly.isStartOnly = true
      try startOnly.measure(into: &cold)
    }
    for _ in 0..<runs {
      for index in measured.indices { try measured[index].program.measure(into: &measured[index].figures) }
    }
    return measured
  }
}
