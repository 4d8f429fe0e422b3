import Access
import Administration
import Foundation
import Interchange

/// The columns of a record that are printed.
struct ColumnChoice<Row: Record> {
  let columns: [Column<Row>]

  /// - Parameter names: keys, or titles in any case; nil for the usual columns of the format.
  ///
  /// Errors: ``Trouble`` where the record has no such column.
  init(_ names: [String]?, _ format: OutputFormat) throws(Trouble) {
    guard let names else {
      columns = Row.columns.filter { format.isForPrograms ? $0.key != nil : $0.title != nil }
      return
    }
    var columns: [Column<Row>] = []
    for name in names { columns.append(try Self.column(name, format)) }
    self.columns = columns
  }

  private static func column(_ name: String, _ format: OutputFormat) throws(Trouble) -> Column<Row> {
    let offered = Row.columns.filter { $0.key != nil || !format.isForPrograms }
    let found =
      offered.first { $0.key == name } ?? offered.first { $0.title?.lowercased() == name.lowercased() }
    if let found { return found }
    let names = offered.compactMap { $0.key ?? $0.title }
    let near = Nearest.nearest(to: name, among: names).map { "did you mean \($0)? " } ?? ""
    throw Trouble(
      "there is no column \(quotedExcerpt(name))", hint: near + "there are \(names.joined(separator: ", "))",
      exitStatus: .usage)
  }

  /// The values of a row, in the order of the columns. A key that the row leaves out has none.
  func values(_ row: Row) throws -> [(key: String, value: DocumentValue?)] {
    let object = try DocumentValue(encoding: ChosenColumns(row: row, columns: columns))
    guard case .mapping(let members) = object else { return [] }
    let values = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    return columns.compactMap(\.key).map { ($0, values[$0]) }
  }

  func object(_ row: Row) -> ChosenColumns<Row> { ChosenColumns(row: row, columns: columns) }

  func mapping(_ row: Row) throws -> DocumentValue {
    .mapping(
      try values(row).compactMap { key, value in value.map { DocumentValue.Member(key: key, value: $0) } })
  }

  /// The texts of a row in a table.
  func texts(_ row: Row) throws -> [String] {
    guard columns.contains(where: { $0.title == nil }) else { return columns.map { $0.text(row) ?? "" } }
    let values = Dictionary(
      try values(row).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    return columns.map { column in
      if column.title != nil { return column.text(row) ?? "" }
      return column.key.flatMap { values[$0] ?? nil }?.cell ?? "–"
    }
  }
}

extension DocumentValue {
  /// What the value's JSON says.
  init(encoding value: any Encodable) throws {
    try self.init(json: JSONText.plain(value).utf8)
  }

  init(json: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(DocumentValue.self, from: Data(json))
  }

  /// The value in a cell for people.
  fileprivate var cell: String {
    switch self {
    case .text(let text): text
    case .null: "–"
    default: json
    }
  }

  /// The value as a field of CSV. A field that a spreadsheet would take for a formula begins with an apostrophe, which
  /// makes a spreadsheet take it for a text (OWASP, CSV injection).
  var csv: String {
    let text: String
    switch self {
    case .text(let words):
      let isFormula = words.first.map { "=+-@\t\r".contains($0) } ?? false
      text = (isFormula ? "'" : "") + words
    case .null: text = ""
    default: text = json
    }
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return harmless(text) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { harmless(String($0)) }
    return "\"" + lines.joined(separator: "\n").replacing("\"", with: "\"\"") + "\""
  }
}
