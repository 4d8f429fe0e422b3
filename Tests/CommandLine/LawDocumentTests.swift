import Access
import Foundation
import Testing

@Suite("The page of the documentation about laws")
struct LawDocumentTests {
  private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Resources/docs/laws.md").path

  /// The commands in the table of the forms.
  private static var commands: [String] {
    get throws {
      let text = try String(contentsOfFile: page, encoding: .utf8)
      return text.matches(of: #/`(popsec law add [^`]*)`/#).map { String($0.output.1) }
    }
  }

  @Test("shows commands that the demo takes")
  func examples() throws {
    let program = try Program.initialized()
    let store = program.home + "/demo"
    try program.run("demo", "--keep", store, "--no-console").mustSucceed()
    let commands = try Self.commands
    #expect(commands.count == 5, "\(commands)")
    for command in commands {
      let words = try ShellWords.split(command).dropFirst()
      let outcome = try program.run(Array(words) + ["--dry-run", "--store", store])
      #expect(outcome.status == 0, "\(command)\n\(outcome.errors)")
    }
  }
}
