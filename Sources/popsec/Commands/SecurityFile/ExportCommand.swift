import Access
import ArgumentParser
import Interchange

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print the store as a security file.",
    discussion: """
      The file holds no Token ID. Applying it unchanged changes nothing.

      Examples:
        popsec export > security.yaml
        popsec export --format json --output security.json
      """)

  @OptionGroup var global: GlobalOptions

  @Option(help: "yaml or json, as -o says.")
  var format: SecurityFileFormat?

  @Option(
    help: ArgumentHelp("A new file to write to, for your account alone.", valueName: "file"),
    completion: .file())
  var output: String?

  /// Errors: ``Trouble`` for a format in which there is no security file.
  private func fileFormat() throws(Trouble) -> SecurityFileFormat {
    if let format { return format }
    switch global.format {
    case .table, .yaml: return .yaml
    case .json: return .json
    case .jsonl, .csv:
      throw Trouble(
        "a security file is YAML or JSON", hint: "take -o yaml or -o json", exitStatus: .usage)
    }
  }

  func run() throws {
    if output != nil { try Caller.current.requireLocal("a file") }
    let administration = try global.location().open()
    try Caller.current.signedIn(to: administration) {
      try administration.export(try fileFormat()) { text in
        if let output { return try NewFile.write(text, to: output) }
        let output = global.standardOutput
        try output.encoded(text.utf8)
        try output.flush()
      }
    }
  }
}

extension SecurityFileFormat: ExpressibleByArgument {}
