import Access
import Administration

/// The formats of records.
enum RecordFormat {
  /// A table for people.
  case table
  /// A JSON array, with one element in each line.
  case json
  /// JSON lines: one object in each line.
  case jsonLines
}

/// Writes records of one kind as they come, so that there may be more records than fit into memory.
struct RecordWriter<Row: Record> {
  private let output: Output
  private let format: RecordFormat
  private var table: TextTable
  private let columns = Row.columns.filter { $0.title != nil }
  private var isEmpty = true

  init(_ output: Output, _ format: RecordFormat) {
    (self.output, self.format) = (output, format)
    table = TextTable(
      output, columns.map { TextTable.Column(title: $0.title ?? "", alignsRight: $0.alignsRight) })
  }

  /// Writes a page of records. The titles of a table come with the first page, even where it is empty.
  mutating func add(_ rows: [Row]) throws {
    switch format {
    case .table: try table.add(rows.map { row in columns.map { $0.text(row) ?? "" } })
    case .jsonLines: for row in rows { try output.encoded(line: JSONText.encode(row)) }
    case .json:
      for row in rows {
        try output.encoded((isEmpty ? "[\n" : ",\n").utf8)
        try output.encoded(try JSONText.encode(row).utf8)
        isEmpty = false
      }
    }
  }

  /// Writes the end, after the last record.
  func finish() throws {
    if format == .json { try output.encoded(line: isEmpty ? "[]" : "\n]") }
  }
}

extension Output {
  /// Prints one value over several lines, with sorted keys.
  func json(_ value: some Encodable) throws {
    try encoded(line: try JSONText.encode(value, isIndented: true))
  }

  /// Prints a table, for people.
  func table<Row: Record>(_ rows: [Row]) throws {
    var writer = RecordWriter<Row>(self, .table)
    try writer.add(rows)
  }

  /// Prints the columns of a record for people, line by line.
  func fields<Row: Record>(_ row: Row) throws {
    try fields(
      Row.columns.compactMap { column in
        guard let title = column.title, let text = column.text(row) else { return nil }
        return (title: title, value: text)
      })
  }
}

extension Session {
  /// Prints records page by page.
  func list<Row: Record>(
    _ kind: Row.Type = Row.self, _ pages: (_ page: ([Row]) throws -> Void) throws -> Void
  ) throws {
    var writer = RecordWriter<Row>(output, wantsJSON ? .json : .table)
    try pages { try writer.add($0) }
    try writer.finish()
  }

  func list<Row: Record>(_ rows: [Row]) throws { try list { try $0(rows) } }

  /// Prints a record as JSON, or else its fields for people, and what else they are shown of it.
  func show<Shown: Record>(_ record: Shown, _ more: (Shown) throws -> Void) throws {
    if wantsJSON { return try output.json(record) }
    try output.fields(record)
    try more(record)
  }

  /// Prints a record as JSON, or else a line for people.
  func tell(_ record: some Encodable, _ line: String) throws {
    if wantsJSON { try output.json(record) } else { try output.lines(line) }
  }
}
