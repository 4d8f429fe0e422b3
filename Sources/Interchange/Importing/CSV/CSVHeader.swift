private import Access

enum CSVColumn: String, Hashable, CaseIterable {
  case connector, company, group, list, kind, item
}

/// The place of each column in a line.
struct CSVHeader {
  let count: Int
  private var places: [CSVColumn: Int] = [:]

  init(
    _ fields: [String], at position: FilePosition, _ options: ImportOptions, _ problems: Problems
  ) throws(SyntaxError) {
    count = fields.count
    let words = fields.map { $0.trimmed.lowercased() }
    // A first line without any known column belongs to no such file, and its other texts are not worth
    // reporting.
    guard words.contains(where: { CSVColumn(rawValue: $0) != nil }) else {
      throw SyntaxError(
        "the first line has none of the columns \(choice(CSVColumn.allCases.map(\.rawValue)))", at: position,
        hint: "a first line with the names of the columns is needed", isAlone: true)
    }
    for (index, word) in words.enumerated() {
      guard let column = CSVColumn(rawValue: word) else {
        let known = CSVColumn.allCases.map(\.rawValue)
        problems.add(
          "there is no column \(shown(word))", at: position,
          hint: Nearest.hint(to: word, among: known) ?? "it may be \(choice(known))")
        continue
      }
      if places.updateValue(index, forKey: column) != nil {
        problems.add("the column \(word) is there twice", at: position)
      }
    }
    if places[.list] == nil { problems.add("the column list is missing", at: position) }
    if places[.connector] == nil, options.connector == nil {
      problems.add(
        "the column connector is missing", at: position, hint: "add it, or name one: --connector NAME")
    }
  }

  func has(_ column: CSVColumn) -> Bool { places[column] != nil }

  /// The value of a column; nil where the column is missing or the field is empty.
  func value(_ column: CSVColumn, of fields: [String]) -> String? {
    guard let index = places[column], fields.indices.contains(index) else { return nil }
    let text = fields[index].trimmed
    return text.isEmpty ? nil : text
  }
}

extension StringProtocol {
  /// The text without white space at either end.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}
