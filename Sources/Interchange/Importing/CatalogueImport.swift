package import Access
import Administration
import Store

/// A document after it was read, mapped and checked by itself. It tells what its connectors are to become.
package struct CatalogueImport: Sendable {
  /// The name of the document in errors.
  package let name: String
  let connectors: [ImportedConnector<Named>]
  let notes: [ImportNote]

  /// The names of the document's connectors.
  package var connectorNames: [Name] { connectors.map(\.entry.named.name) }

  /// Reads a document.
  ///
  /// Errors: ``SecurityFileErrors`` with all that is wrong with the document or with the mapping.
  package static func parse(
    _ bytes: [UInt8], named name: String, as format: ImportFormat, _ options: ImportOptions = ImportOptions(),
    mapping: ImportMapping? = nil
  ) throws(SecurityFileErrors) -> CatalogueImport {
    let problems = Problems()
    do throws(SyntaxError) {
      let text = try ImportText.utf8(bytes)
      let imported = try text.withUnsafeBufferPointer { (text) throws(SyntaxError) in
        try format.importer.read(text, options, problems)
      }
      if problems.list.isEmpty {
        return ImportAssembler(name, imported, options, mapping).assemble()
      }
    } catch {
      if error.isAlone { throw SecurityFileErrors(fileName: name, problems: [error.problem]) }
      problems.add(error.problem)
    }
    throw SecurityFileErrors(fileName: name, problems: problems.list)
  }
}
