import Access
import Administration
import Interchange

/// Writes records of one kind as they come, so that there may be more records than fit into memory.
struct RecordWriter<Row: Record> {
  private let output: Output
  private let options: PrintOptions
  private let choice: ColumnChoice<Row>
  private var table: TextTable
  private var isEmpty = true

  /// - Parameter options: nil for those of the output.
  ///
  /// Errors: ``Trouble`` where a column is asked for that the records don't have.
  init(_ output: Output, _ options: PrintOptions? = nil) throws(Trouble) {
    self.output = output
    self.options = options ?? output.options
    choice = try ColumnChoice(self.options.columns, self.options.format)
    table = TextTable(
      output,
      choice.columns.map { TextTable.Column(title: $0.title ?? $0.key ?? "", alignsRight: $0.alignsRight) },
      hasHeader: self.options.hasHeader)
  }

  /// Writes a page of records. A header comes with the first page, even where the page is empty.
  mutating func add(_ rows: [Row]) throws {
    switch options.format {
    case .table: try table.add(rows.map(choice.texts))
    case .jsonl: for row in rows { try output.encoded(line: JSONText.encode(choice.object(row))) }
    case .json:
      for row in rows {
        try output.encoded((isEmpty ? "[\n" : ",\n").utf8)
        try output.encoded(try JSONText.encode(choice.object(row)).utf8)
        isEmpty = false
      }
    case .yaml:
      for row in rows { try output.encoded(DocumentValue.list([try choice.mapping(row)]).yaml.utf8) }
      if !rows.isEmpty { isEmpty = false }
    case .csv:
      try addHeader()
      for row in rows {
        try output.encoded(line: choice.values(row).map { $0.value?.csv ?? "" }.joined(separator: ","))
      }
    }
  }

  private mutating func addHeader() throws {
    if isEmpty, options.hasHeader {
      try output.encoded(line: choice.columns.compactMap(\.key).joined(separator: ","))
    }
    isEmpty = false
  }

  /// Writes the end, after the last record.
  mutating func finish() throws {
    switch options.format {
    case .json: try output.encoded(line: isEmpty ? "[]" : "\n]")
    case .yaml: if isEmpty { try output.encoded(line: "[]") }
    case .csv: try addHeader()
    case .table, .jsonl: break
    }
  }
}

extension Output {
  /// Prints one value for programs. A value that is no record has no columns.
  ///
  /// Errors: ``Trouble`` for CSV, and where columns are asked for.
  func value(_ value: some Printed) throws {
    try requireNoColumns()
    switch options.format {
    case .jsonl: try encoded(line: try JSONText.encode(value))
    case .yaml: try encoded(DocumentValue(encoding: value).yaml.utf8)
    case .table, .json, .csv: try encoded(line: try JSONText.encode(value, isIndented: true))
    }
  }

  /// Prints one value that is a line of JSON already.
  ///
  /// Errors: as of ``value(_:)``.
  func value(json line: [UInt8]) throws {
    try requireNoColumns()
    guard options.format == .yaml else { return try encoded(line) }
    try encoded(DocumentValue(json: line).yaml.utf8)
  }

  /// Errors: ``Trouble`` where the output is to have columns.
  func requireNoColumns() throws(Trouble) {
    guard options.format != .csv, options.columns == nil else {
      throw Trouble(
        "what this prints has no columns", hint: "take -o json, jsonl or yaml, without --columns",
        exitStatus: .usage)
    }
  }

  /// Prints one record for programs.
  func value<Row: Record & Printed>(_ row: Row) throws {
    let choice = try ColumnChoice<Row>(options.columns, options.format)
    switch options.format {
    case .json, .table: try encoded(line: try JSONText.encode(choice.object(row), isIndented: true))
    case .yaml: try encoded(choice.mapping(row).yaml.utf8)
    case .jsonl, .csv: try list([row])
    }
  }

  func list<Row: Record & Printed>(_ rows: [Row]) throws {
    var writer = try RecordWriter<Row>(self)
    try writer.add(rows)
    try writer.finish()
  }

  /// Prints a table, for people.
  func table<Row: Record>(_ rows: [Row]) throws {
    var writer = try RecordWriter<Row>(self)
    try writer.add(rows)
  }

  /// Prints the columns of a record for people, line by line.
  func fields<Row: Record>(_ row: Row) throws {
    let choice = try ColumnChoice<Row>(options.columns, options.format)
    guard options.columns == nil else {
      return try fields(
        zip(choice.columns, choice.texts(row)).map { (title: $0.title ?? $0.key ?? "", value: $1) })
    }
    try fields(
      choice.columns.compactMap { column in
        guard let title = column.title, let text = column.text(row) else { return nil }
        return (title: title, value: text)
      })
  }
}

extension Session {
  /// Prints records page by page.
  func list<Row: Record & Printed>(
    _ kind: Row.Type = Row.self, _ pages: (_ page: ([Row]) throws -> Void) throws -> Void
  ) throws {
    var writer = try RecordWriter<Row>(output)
    try pages { try writer.add($0) }
    try writer.finish()
  }

  func list<Row: Record & Printed>(_ rows: [Row]) throws { try list { try $0(rows) } }

  /// Prints a record for programs, or else its fields for people, and what else they are shown of it.
  func show<Shown: Record & Printed>(_ record: Shown, _ more: (Shown) throws -> Void) throws {
    if isForPrograms { return try output.value(record) }
    try output.fields(record)
    if output.options.columns == nil { try more(record) }
  }

  /// Prints a record for programs, or else a line for people.
  func tell(_ record: some Printed, _ line: String) throws {
    if isForPrograms { try output.value(record) } else { try output.lines(line) }
  }

  /// Prints a record for programs, or else a line for people.
  func tell(_ record: some Record & Printed, _ line: String) throws {
    if isForPrograms { try output.value(record) } else { try output.lines(line) }
  }
}
