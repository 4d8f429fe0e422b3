import ArgumentParser
import Interchange

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print the store as a security file.",
    discussion: "It holds no Token ID. Applying it changes nothing.")

  @OptionGroup var global: GlobalOptions

  @Option(help: "yaml or json; --json is short for the latter.")
  var format: SecurityFileFormat?

  @Option(help: ArgumentHelp("A new file to write to, for your account alone.", valueName: "file"))
  var output: String?

  func run() throws {
    if output != nil { try Caller.current.requireLocal("a file") }
    let administration = try global.location().open()
    try Caller.current.signIn(to: administration)
    let text = try administration.export(format ?? (global.json ? .json : .yaml))
    if let output { return try NewFile.write(text, to: output) }
    let output = Output.standard()
    try output.bytes(output.isTerminal ? Array(harmlessLines(text).utf8) : Array(text.utf8))
    try output.flush()
  }

  /// Line by line, since a line's end is none of the harm.
  private func harmlessLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { harmless(String($0)) }
      .joined(separator: "\n")
  }
}

extension SecurityFileFormat: ExpressibleByArgument {}
