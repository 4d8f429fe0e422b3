package import Access

/// A kind of document that a catalogue is imported from. A new one is a new importer, in a file of its
/// own, and a case here.
package enum ImportFormat: String, Hashable, Sendable, CaseIterable {
  case odata, openapi, csv

  /// The most bytes that a document may have.
  package static let maximumByteCount = ImportText.maximumByteCount

  /// As people know it.
  package var title: String {
    switch self {
    case .odata: "OData $metadata"
    case .openapi: "OpenAPI"
    case .csv: "CSV"
    }
  }

  /// The ways in which lists of it can be grouped; the first where nobody says.
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

  /// The format that a document looks like by its beginning; nil for what is none of them.
  package static func guess(_ bytes: [UInt8]) -> ImportFormat? {
    guard let text = try? ImportText.utf8(Array(bytes.prefix(ImportText.guessedByteCount & ~1))) else {
      return nil
    }
    // The cut may have gone through a character, which decoding mends.
    let beginning = String(decoding: text, as: UTF8.self)
    return allCases.first { $0.importer.looksLike(beginning) }
  }
}

/// Reads one kind of document. It never looks anywhere but at the text that it is given.
protocol CatalogueImporter {
  func looksLike(_ beginning: String) -> Bool

  /// The text is UTF-8 without a byte order mark. What is wrong goes to `problems`, or is thrown where
  /// nothing more can be read.
  func read(
    _ text: UnsafeBufferPointer<UInt8>, _ options: ImportOptions, _ problems: Problems
  ) throws(SyntaxError) -> ImportedCatalogue
}

/// What a person says about a document beside the document.
package struct ImportOptions: Hashable, Sendable {
  /// How lists are grouped; which of them a document can be grouped by, ``ImportFormat/groupings`` says.
  package enum Grouping: String, Hashable, Sendable, CaseIterable {
    /// OData: by namespace where the lists are of several, or else by word. OpenAPI: by tag. CSV: as it says.
    case auto
    case namespace
    /// By the first word of the name, where several lists have it.
    case word
    /// By the first tag of the operations.
    case tag
    /// By the first part of the path in which two differ.
    case path
    case none
  }

  /// What the connector is called; needed where the document does not say.
  package var connector: Name?
  /// Nil: what the document says, or else what the connector has.
  package var companies: [Name]?
  package var grouping: Grouping
  /// What the paths of an OpenAPI document are appended to, in place of its server.
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
