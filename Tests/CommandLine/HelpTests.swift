import Access
import Testing

@testable import popsec

@Suite struct HelpTests {
  @Test("a topic is printed, each line within the terminal's columns", arguments: HelpTopic.allCases)
  func topics(topic: HelpTopic) throws {
    let outcome = try Program().run("help", topic.rawValue)
    outcome.mustSucceed()
    for row in topic.rows { #expect(outcome.output.contains(row.term), "\(row.term)") }
    for columns in [40, 80, 200] where columns >= 80 {
      #expect(topic.lines(columns: columns).allSatisfy { $0.count <= columns })
    }
  }

  @Test("every exit status has its line")
  func exitCodes() {
    let terms = Set(HelpTopic.exitCodes.rows.map(\.term))
    for status in ExitStatus.allCases { #expect(terms.contains(String(status.rawValue))) }
  }

  @Test(
    "what is neither a topic nor a command is refused, and the nearest is told",
    arguments: [
      (["help", "exit-code"], "popsec help exit-codes?"), (["help", "tokn"], "popsec help token?"),
      (["help", "token", "ad"], "popsec help token add?"), (["help", "frobnicate"], "popsec --help"),
      (["help", "files", "x"], "popsec help files"),
    ])
  func unknown(arguments: [String], hint: String) throws {
    let outcome = try Program().run(arguments)
    outcome.mustFail(64)
    #expect(outcome.errors.contains(hint), "\(outcome.errors)")
  }

  @Test(
    "help of a command tells its examples, and the common options only by their topic",
    arguments: [["help", "token", "add"], ["token", "add", "--help"], ["token", "add", "-h"]])
  func ofCommand(arguments: [String]) throws {
    let outcome = try Program().run(arguments)
    outcome.mustSucceed()
    #expect(outcome.output.contains("popsec token add 'Portal Mexico' portal"))
    #expect(outcome.output.contains("Common options: popsec help options"))
    for option in CommonOption.allCases { #expect(!outcome.output.contains("--" + option.rawValue)) }
  }

  @Test("the common options are taken although the help of a command doesn't tell them")
  func commonOptions() throws {
    let program = try Program.initialized()
    #expect(
      try program.run("team", "list", "--json", "--store", program.store, "--allow-loose-rights").object()
        == .array([]))
  }
}
