package import Access
import Store

/// Imports CSV with the columns connector, company, group, list, kind and item, in any order. A line says
/// that its connector has the company, that the connector has the list in the group, and that the list has
/// the item.
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

extension ImportOptions {
  /// Reads names from one line. Commas separate the names, and a name with a comma stands in quotes.
  ///
  /// Errors: ``Trouble`` where a text is no valid name.
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
