import Access
import ArgumentParser
import Interchange

struct CatalogueImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import a connector from what its service publishes about itself.",
    discussion: """
      The connector is made equal to the document; others, widgets, teams and users are left alone. The plan \
      is shown first, and it asks. Grants that name what vanishes are kept, give nothing by it, and come back \
      to life with it. Over SSH: ssh popsec@host catalogue import --odata - --connector NAME --yes < file

      Examples:
        popsec catalogue import --odata metadata.xml --connector 'Business Central' --plan
        popsec catalogue import --openapi shop.yaml --connector Shop --companies MX,US --yes
        popsec catalogue import --csv lists.csv --verbose
      """)

  /// The number of lines of a section that are shown before the question; --plan shows all.
  static let shownLines = 30

  @OptionGroup var global: GlobalOptions
  @OptionGroup(title: "The document; - for standard input") var document: ImportDocumentOptions

  @Flag(
    help: ArgumentHelp(
      "Tell what it would do, and change nothing.",
      discussion: "The exit status is 0 where there is nothing to do, and 2 where there is."))
  var plan = false

  @Flag(help: "Tell all that was left out, by name.")
  var verbose = false

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    Interruption.begin()
    var isEmpty = true
    try global.run { session in
      let imported = try session.withProgress("reading") { _ in try document.read() }
      let planned = try session.planned(imported)
      isEmpty = planned.plan.isEmpty
      if !session.isForPrograms {
        try session.tell(planned, linesPerSection: plan ? .max : Self.shownLines, naming: verbose)
        try session.output.flush()
      }
      let isApplied = try !isEmpty && !plan && carryOut(planned, session)
      if session.isForPrograms { return try session.output.value(ImportRecord(planned, applied: isApplied)) }
      if isApplied { try session.output.line("imported") }
    }
    if plan, !isEmpty { throw PlanCommand.changesStatus }
  }

  private func carryOut(_ planned: PlannedImport, _ session: Session) throws -> Bool {
    try Asking.confirm("import this", planned.plan.summary, yes: yes)
    try session.withProgress("importing") { progress in
      try session.changing {
        try $0.carryOut(planned.imported, expecting: planned.plan, progress: progress)
      }
    }
    return true
  }
}

/// The document that is imported, and what a person states about it.
struct ImportDocumentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("An OData v4 $metadata document, in XML.", valueName: "file"), completion: .file())
  var odata: String?

  @Option(
    help: ArgumentHelp("An OpenAPI 3 document, in JSON or YAML.", valueName: "file"), completion: .file())
  var openapi: String?

  @Option(
    help: ArgumentHelp(
      "CSV with the columns connector, company, group, list, kind and item.", valueName: "file"),
    completion: .file())
  var csv: String?

  @Option(
    help: ArgumentHelp("What the connector is called, or is to be called.", valueName: "name"),
    completion: .names(.connectors))
  var connector: String?

  @Option(
    help: ArgumentHelp(
      "The connector's companies, where the document does not name them.",
      discussion: "With commas between; a name with a comma stands in double quotes.", valueName: "A,B"))
  var companies: String?

  @Option(
    help: ArgumentHelp(
      "How lists are grouped: for OData auto, namespace, word or none, for OpenAPI tag, path or none.",
      discussion: """
        OData, auto: by namespace where the lists are of several, or else by their first word. OpenAPI, else by \
        tag; path: by the first part of their paths in which two differ.
        """))
  var groupBy = ImportOptions.Grouping.auto

  @Option(
    help: ArgumentHelp(
      "What the paths of an OpenAPI document are appended to, in place of its server.", valueName: "url"))
  var baseUrl: String?

  @Option(
    help: ArgumentHelp("A mapping file, which renames, groups and skips.", valueName: "file"),
    completion: .file())
  var map: String?

  func validate() throws {
    guard [odata, openapi, csv].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give one of --odata, --openapi and --csv")
    }
    let (_, format) = try source
    guard format.groupings.contains(groupBy) else {
      let words = format.groupings.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--group-by \(groupBy.rawValue) is not for \(format.title): give one of \(words)")
    }
    guard map != "-" || ![odata, openapi, csv].contains("-") else {
      throw ValidationError("standard input can't be the document and the mapping")
    }
  }

  /// Errors: ``SecurityFileErrors``, ``Trouble``.
  func read() throws -> CatalogueImport {
    let options = try options
    let mapping = try map.map { path in
      let input = InputFile(path: path)
      return try ImportMapping.parse(try input.bytes(atMost: 8 << 20), named: input.name)
    }
    let (path, format) = try source
    let input = InputFile(path: path)
    // One byte more than the limit is read, to see whether there is too much.
    let bytes = try input.bytes(atMost: ImportFormat.maximumByteCount)
    return try CatalogueImport.parse(bytes, named: input.name, as: format, options, mapping: mapping)
  }

  private var source: (path: String, format: ImportFormat) {
    get throws {
      if let odata { return (odata, .odata) }
      if let openapi { return (openapi, .openapi) }
      if let csv { return (csv, .csv) }
      throw ValidationError("give one of --odata, --openapi and --csv")
    }
  }

  private var options: ImportOptions {
    get throws {
      ImportOptions(
        connector: try connector.map { try Name(argument: $0) },
        companies: try companies.map { try ImportOptions.names(in: $0) }, grouping: groupBy, baseURL: baseUrl)
    }
  }
}

extension ImportOptions.Grouping: ExpressibleByArgument {}
