import Access
import Store

/// Makes connectors of the lines of a CSV file.
struct CSVBuilder {
  private static let maximumLineCount = 1_000_000

  private(set) var connectors: [ImportedConnector<Spot<String>>] = []
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
    let name = connectors[connector].entry.named.key.text
    if let company = header.value(.company, of: fields), companies.insert([name, folded(company)]).inserted {
      connectors[connector].entry.companies.append(Spot(value: company, position: position))
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
    let entry = ConnectorEntry<Spot<String>>(named: Named(name: name, key: key, position: position))
    connectors.append(ImportedConnector(entry: entry, namesCompanies: header.has(.company)))
    return connectors.count - 1
  }

  private mutating func list(
    _ text: String, _ group: String?, of connector: Int, _ name: String, _ position: FilePosition
  ) -> Int {
    let key = [name, folded(text)]
    guard let known = lists[key] else {
      let index = connectors[connector].entry.lists.count
      lists[key] = (index, group == nil ? nil : position)
      connectors[connector].entry.lists.append(
        ListEntry(named: Spot(value: text, position: position), group: group))
      return index
    }
    guard let group else { return known.index }
    let present = connectors[connector].entry.lists[known.index].group
    if present == nil {
      connectors[connector].entry.lists[known.index].group = group
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
      connectors[connector].entry.lists[list].items[kind, default: []]
        .append(Spot(value: item, position: position))
    }
  }

  private static let kindHint = "a kind is action, detail or listAction"

  private static func kind(_ word: String) -> ItemKind? {
    let word = word.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
    return ItemKind.allCases.first {
      [$0.rawValue.lowercased(), $0.rawValue.lowercased() + "s"].contains(word)
    }
  }

  /// The text by which names are compared. A text that is no valid name is compared as it is.
  private func folded(_ text: String) -> String {
    (try? Name(text)).map { NameKey($0).text } ?? text
  }
}
