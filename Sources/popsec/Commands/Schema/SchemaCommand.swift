import Access
import ArgumentParser
import Interchange

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of what popsec reads or prints.",
    discussion: """
      Without a name it lists the schemas. A schema of what a list prints is that of one element, as -o jsonl prints it; \
      with --array it is that of the array that -o json prints. The schemas are of the draft 2020-12.

      Examples:
        popsec schema
        popsec schema security-file > security-file.schema.json
        popsec schema token --array
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The name of a schema.", completion: .names(.schemas))
  var name: String?

  @Flag(help: "The schema of an array of such values.")
  var array = false

  func validate() throws {
    guard name != nil || !array else { throw ValidationError("--array needs the name of a schema") }
  }

  func run() throws {
    let output = global.standardOutput
    if name == NamedSchema.gate.name {
      guard !array else {
        throw Trouble("this is no schema of a value", hint: "leave --array out", exitStatus: .usage)
      }
      try output.gateDocument()
    } else if let name {
      try output.document(try NamedSchema.named(name).document(isArray: array))
    } else {
      try output.list(NamedSchema.titles.map(SchemaRecord.init))
    }
    try output.flush()
  }
}

extension Output {
  /// Prints the OpenAPI document of the gate, as it stands in Resources or as JSON.
  fileprivate func gateDocument() throws {
    switch options.format {
    case .table, .yaml:
      try requireNoColumns()
      try lines(String(decoding: PackageResources.gate_yaml, as: UTF8.self))
    case .json, .jsonl, .csv: try document(DocumentValue(yaml: PackageResources.gate_yaml))
    }
  }

  /// Prints a document: in YAML or in one line where that is asked for, and as JSON over several lines otherwise.
  fileprivate func document(_ document: DocumentValue) throws {
    try requireNoColumns()
    switch options.format {
    case .yaml: try encoded(document.yaml.utf8)
    case .jsonl: try encoded(line: document.json)
    case .table, .json, .csv: try encoded(line: document.indentedJSON)
    }
  }
}

/// A schema in the list of schemas.
struct SchemaRecord: Record {
  let title: SchemaTitle

  static let columns: [Column<Self>] = [
    Column("name", "Name") { $0.title.name },
    Column("meaning", "Describes") { $0.title.meaning },
  ]
}
