import Foundation
import Glibc
import Testing

@Suite struct LostOutputTests {
  private enum Loss: CaseIterable {
    case full, closedPipe

    var reason: String { self == .full ? "no space left on device" : "nobody reads it" }

    /// A descriptor to which nothing can be written.
    func opened() throws -> Int32 {
      switch self {
      case .full: return open("/dev/full", O_WRONLY | O_CLOEXEC)
      case .closedPipe:
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        return ends[1]
      }
    }
  }

  @Test("where a change was made and the output is lost, the command says so and ends with 74")
  func changed() throws {
    let program = try Program.initialized()
    try program.run("api-user", "add", "Portal").mustSucceed()
    let commands = [
      ["api-user", "add", "New"], ["api-user", "add", "Other", "--json"], ["api-user", "disable", "Portal"],
      ["undo", "--yes", "--json"],
    ]
    for (number, command) in commands.enumerated() {
      let loss = Loss.allCases[number % 2]
      let output = try loss.opened()
      let outcome = try program.start(command, output: output).wait()
      close(output)
      #expect(outcome.status == 74, "\(command): \(outcome)")
      let message = "the change was made, but the output can't be written: \(loss.reason)"
      if command.contains("--json") {
        #expect(outcome.error?["message"]?.text == message)
      } else {
        #expect(outcome.errors.hasPrefix("popsec: \(message)\nhint: "))
      }
    }
    let list = try program.run("api-user", "list").output
    #expect(list.contains("New") && list.contains("Other"))
  }

  @Test("where nothing was changed, the command says only that the output is lost")
  func unchanged() throws {
    let program = try Program.initialized()
    try program.run("api-user", "add", "Portal").mustSucceed()
    for command in [["api-user", "list"], ["api-user", "add", "Portal"], ["plan", "/nowhere"]] {
      let output = try Loss.full.opened()
      let outcome = try program.start(command, output: output).wait()
      close(output)
      #expect(outcome.status != 0 && !outcome.errors.contains("the change was made"), "\(command)")
    }
  }

  @Test(
    "streams that are closed are no files of the store",
    arguments: ["2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-"])
  func closedStreams(streams: String) throws {
    let program = try Program.initialized()
    func status(_ command: String) throws -> Int32 {
      let text = "exec \"$0\" \(command) \(streams)"
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", text, Program.path]
      process.environment = program.standardEnvironment
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationReason == .exit ? process.terminationStatus : -1
    }
    #expect(try status("nosuch") == 64)
    #expect(try status("api-user add Portal") == (streams.contains("1>&-") ? 74 : 0))
    #expect(try status("api-user add Portal") != 0)
    #expect(try program.run("api-user", "list").output.contains("Portal"))
    try program.run("doctor").mustNotReveal()
    try program.run("audit", "verify").mustSucceed()
  }
}
