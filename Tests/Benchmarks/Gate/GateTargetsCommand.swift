import Access
import Administration
import ArgumentParser
import Foundation
import SQLiteStore
import Sealing
import Store

/// Gives a store of `generate` a widget for each connector, and writes a script for wrk that asks for them
/// with so many tokens.
struct GateTargetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate-targets", abstract: "Write a script for wrk that asks the gate with many tokens.")

  @Option(help: ArgumentHelp("A store of `generate`.", valueName: "folder"))
  var store: String

  @Option(help: "How many tokens.")
  var count = 10_000

  @Option(help: ArgumentHelp("The script to write; it holds Token IDs.", valueName: "file"))
  var lua: String

  func run() throws {
    let place = StoreFolder(path: store)
    let now = Surroundings.system.now()
    let opened = try SQLiteStore.open(place, now: now)
    let keys = try KeyFolder(path: store + "/keys").load()
    let administration = Administration(
      store: opened, keys: keys,
      operating: Operator(
        actor: Actor(name: "bench", frontEnd: .commandLine), permissions: Set(Permission.allCases)))
    let targets = try GateTargets.make(administration, try keys.seal.get(), count: count)
    let quoted = targets.map { "\"\($0)\"" }.joined(separator: ",\n")
    let script = """
      -- Direct: asks the gate as nginx does. With the environment's VIA=proxy: asks a proxy.
      local targets = {
      \(quoted)
      }
      local last = 0
      local isProxied = os.getenv("VIA") == "proxy"
      request = function()
        last = last % #targets + 1
        if isProxied then return wrk.format("GET", targets[last], { Host = "bench.example.com" }) end
        return wrk.format("GET", "/auth/nginx", {
          ["X-Original-URI"] = targets[last], ["X-Original-Method"] = "GET",
          ["X-Original-Host"] = "bench.example.com", ["X-Real-IP"] = "10.1.2.3",
        })
      end
      """
    guard FileManager.default.createFile(atPath: lua, contents: Data(script.utf8)) else {
      throw Failure("the script can't be written")
    }
    print("\(targets.count) tokens")
  }
}
