package import Access

/// A kind of document from which a catalogue can be imported. A new kind needs an importer in a file of its
/// own, and a case here.
package enum ImportFormat: String, Hashable, Sendable, CaseIterable {
  case odata, openapi, csv

  /// The most bytes that a document may have.
  package static let maximumByteCount = ImportText.maximumByteCount

  /// The name of the format for people.
  package var title: String {
    switch self {
    case .odata: "OData $metadata"
    case .openapi: "OpenAPI"
    case .csv: "CSV"
    }
  }

  /// The ways in which lists of such a document can be grouped. The first one is the default.
  package var groupings: [ImportOptions.Grouping] {
    switch self {
    case .odata: [.auto, .namespace, .word, .none]
    case .openapi: [.auto, .tag, .path, .none]
    case .csv: [.auto]
    }
  }

  var importer: any CatalogueImporter {
    switch self {
    case .odata: ODataImporter()
    case .openapi: OpenAPIImporter()
    case .csv: CSVImporter()
    }
  }

  /// The format of a document, judged by its beginning; nil where no format matches.
  package static func guess(_ bytes: [UInt8]) -> ImportFormat? {
    guard let text = try? ImportText.utf8(Array(bytes.prefix(ImportText.guessedByteCount & ~1))) else {
      return nil
    }
    // The cut may have gone through a character. Decoding replaces such a character.
    let beginning = String(decoding: text, as: UTF8.self)
    return allCases.first { $0.importer.looksLike(beginning) }
  }
}

/// Reads one kind of document. An importer looks at nothing but the given text.
protocol CatalogueImporter {
  func looksLike(_ beginning: String) -> Bool

  /// Reads a text in UTF-8 without a byte order mark. Problems go to `problems`; a problem after which
  /// nothing more can be read is thrown.
  func read(
    _ text: UnsafeBufferPointer<UInt8>, _ options: ImportOptions, _ problems: Problems
  ) throws(SyntaxError) -> ImportedCatalogue
}

/// What a person adds to a document.
package struct ImportOptions: Hashable, Sendable {
  /// The ways to group lists. ``ImportFormat/groupings`` tells which of them a document allows.
  package enum Grouping: String, Hashable, Sendable, CaseIterable {
    /// The default of the format. OData: by namespace where the lists have several, otherwise by word.
    /// OpenAPI: by tag. CSV: as the file says.
    case auto
    case namespace
    /// The first word of the name, where several lists have it.
    case word
    /// The first tag of the operations.
    case tag
    /// The first part of the path in which two paths differ.
    case path
    case none
  }

  /// The name of the connector; needed where the document has none.
  package var connector: Name?
  /// The companies of the connector; nil keeps those of the document, or else those that the connector has.
  package var companies: [Name]?
  package var grouping: Grouping
  /// The base to which the paths of an OpenAPI document are appended, in place of the document's server.
  package var baseURL: String?

  package init(
    connector: Name? = nil, companies: [Name]? = nil, grouping: Grouping = .auto, baseURL: String? = nil
  ) {
    self.connector = connector
    self.companies = companies
    self.grouping = grouping
    self.baseURL = baseURL
  }
}
