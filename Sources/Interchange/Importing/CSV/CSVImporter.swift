package import Access
import Store

/// CSV with the columns connector, company, group, list, kind and item, in any order. A line says that its
/// connector has the company, and the list in the group, and the list the item.
struct CSVImporter: CatalogueImporter {
  func looksLike(_ beginning: String) -> Bool {
    let line = beginning.prefix { !$0.isNewline }.lowercased()
    return line.contains(CSVColumn.connector.rawValue) || line.contains(CSVColumn.list.rawValue)
      ? line.contains { ",;\t".contains($0) } : false
  }

  func read(
    _ text: UnsafeBufferPointer<UInt8>, _ options: ImportOptions, _ problems: Problems
  ) throws(SyntaxError) -> ImportedCatalogue {
    var records = CSVRecords(text)
    guard let header = try records.next() else {
      throw SyntaxError("the file is empty", at: .start, isAlone: true)
    }
    let columns = try CSVHeader(header.fields, at: header.position, options, problems)
    var builder = CSVBuilder(columns, options, problems)
    while let record = try records.next() { try builder.add(record.fields, at: record.position) }
    return ImportedCatalogue(connectors: builder.connectors)
  }
}

enum CSVColumn: String, Hashable, CaseIterable {
  case connector, company, group, list, kind, item
}

/// Which column is where.
private struct CSVHeader {
  let count: Int
  private var places: [CSVColumn: Int] = [:]

  init(
    _ fields: [String], at position: FilePosition, _ options: ImportOptions, _ problems: Problems
  ) throws(SyntaxError) {
    count = fields.count
    let words = fields.map { $0.trimmed.lowercased() }
    // A file that is none of these is not told of.
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

  /// Nil where the column is missing or the field empty.
  func value(_ column: CSVColumn, of fields: [String]) -> String? {
    guard let index = places[column], fields.indices.contains(index) else { return nil }
    let text = fields[index].trimmed
    return text.isEmpty ? nil : text
  }
}

/// Adds the lines up.
private struct CSVBuilder {
  private static let maximumLineCount = 1_000_000

  private(set) var connectors: [ImportedConnector] = []
  private let header: CSVHeader
  private let options: ImportOptions
  private let problems: Problems
  private var indices: [NameKey: Int] = [:]
  private var companies: Set<[String]> = []
  private var lists: [[String]: (index: Int, groupLine: FilePosition?)] = [:]
  private var items: Set<[String]> = []
  private var lineCount = 0

  init(_ header: CSVHeader, _ options: ImportOptions, _ problems: Problems) {
    self.header = header
    self.options = options
    self.problems = problems
  }

  mutating func add(_ fields: [String], at position: FilePosition) throws(SyntaxError) {
    lineCount += 1
    guard lineCount <= Self.maximumLineCount else {
      throw SyntaxError("the file has more than \(Self.maximumLineCount) lines", at: position)
    }
    if problems.isFull { throw SyntaxError("too many errors", at: position) }
    guard fields.count == header.count else {
      return problems.add(
        "this line has \(fields.count) fields, the first has \(header.count)", at: position,
        hint: "a field with a separator in it must be in quotes")
    }
    guard fields.contains(where: { !$0.trimmed.isEmpty }), let connector = connector(fields, position) else {
      return
    }
    let name = connectors[connector].name.key.text
    if let company = header.value(.company, of: fields), companies.insert([name, folded(company)]).inserted {
      connectors[connector].companies?.append(Spot(value: company, position: position))
    }
    guard let list = header.value(.list, of: fields) else {
      if header.value(.item, of: fields) != nil || header.value(.group, of: fields) != nil {
        problems.add("this line has a group or an item, and no list", at: position)
      }
      return
    }
    let index = self.list(list, header.value(.group, of: fields), of: connector, name, position)
    addItem(fields, to: index, of: connector, [name, folded(list)], position)
  }

  private mutating func connector(_ fields: [String], _ position: FilePosition) -> Int? {
    let name: Name
    if let text = header.value(.connector, of: fields) {
      do { name = try Name(text) } catch {
        problems.add(error.description, at: position)
        return nil
      }
    } else if let given = options.connector {
      name = given
    } else {
      problems.add("this line names no connector", at: position)
      return nil
    }
    let key = NameKey(name)
    if let index = indices[key] { return index }
    indices[key] = connectors.count
    var connector = ImportedConnector(name: Named(name: name, key: key, position: position))
    if header.has(.company) { connector.companies = [] }
    connectors.append(connector)
    return connectors.count - 1
  }

  private mutating func list(
    _ text: String, _ group: String?, of connector: Int, _ name: String, _ position: FilePosition
  ) -> Int {
    let key = [name, folded(text)]
    guard let known = lists[key] else {
      let index = connectors[connector].lists.count
      lists[key] = (index, group == nil ? nil : position)
      connectors[connector].lists.append(
        ImportedList(name: Spot(value: text, position: position), group: group))
      return index
    }
    guard let group else { return known.index }
    let present = connectors[connector].lists[known.index].group
    if present == nil {
      connectors[connector].lists[known.index].group = group
      lists[key]?.groupLine = position
    } else if present.map(folded) != folded(group) {
      problems.add(
        "the list \(shown(text)) is in two groups", at: position,
        hint: known.groupLine.map { "it is in another at line \($0.line)" })
    }
    return known.index
  }

  private mutating func addItem(
    _ fields: [String], to list: Int, of connector: Int, _ path: [String], _ position: FilePosition
  ) {
    switch (header.value(.kind, of: fields), header.value(.item, of: fields)) {
    case (nil, nil): return
    case (nil, _?): problems.add("this line has an item of no kind", at: position, hint: Self.kindHint)
    case (_?, nil): problems.add("this line has a kind and no item", at: position)
    case (let word?, let item?):
      guard let kind = Self.kind(word) else {
        problems.add("there is no kind \(shown(word))", at: position, hint: Self.kindHint)
        return
      }
      guard items.insert(path + [kind.rawValue, folded(item)]).inserted else { return }
      connectors[connector].lists[list].items[kind, default: []].append(Spot(value: item, position: position))
    }
  }

  private static let kindHint = "a kind is action, detail or listAction"

  private static func kind(_ word: String) -> ItemKind? {
    let word = word.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
    return ItemKind.allCases.first {
      [$0.rawValue.lowercased(), $0.rawValue.lowercased() + "s"].contains(word)
    }
  }

  /// What a name is compared by, also of what is none.
  private func folded(_ text: String) -> String {
    (try? Name(text)).map { NameKey($0).text } ?? text
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}

extension ImportOptions {
  /// Names in one line, with commas between, and in quotes where they have some of their own.
  ///
  /// Errors: ``Trouble`` where one can't be a name.
  package static func names(in text: String) throws(Trouble) -> [Name] {
    let bytes = Array(text.utf8)
    do throws(SyntaxError) {
      let fields = try bytes.withUnsafeBufferPointer { (bytes) throws(SyntaxError) -> [String] in
        var records = CSVRecords(bytes, separator: UInt8(ascii: ","))
        return try records.next()?.fields ?? []
      }
      return try fields.filter { !$0.trimmed.isEmpty }.map { (field) throws(SyntaxError) in
        do throws(NameProblem) { return try Name(field) } catch {
          throw SyntaxError(error.description, at: .start)
        }
      }
    } catch {
      throw Trouble(error.problem.message, hint: error.problem.hint, exitStatus: .usage)
    }
  }
}
