/// A document of one's own settings as it was written: texts with their places. Whether there is such a page, action,
/// column or key is not checked yet.
package struct ConfigDocument: Sendable {
  /// The keys of one action, as they are written.
  package struct Assignment: Sendable {
    package let action: Spot<String>
    package let keys: [Spot<String>]
  }

  /// Something that a document says of a page or of a list.
  package struct Section<Content: Sendable>: Sendable {
    package let name: Spot<String>
    package let content: [Content]
  }

  package struct View: Sendable {
    package let letter: Spot<String>
    package let name: Spot<String>
    package let filter: Spot<String>
    package let order: Spot<String>?
    package let isDescending: Bool
  }

  package internal(set) var theme: Spot<String>?
  package internal(set) var startPage: Spot<String>?
  package internal(set) var timeZone: Spot<String>?
  package internal(set) var copyRowAs: Spot<String>?
  package internal(set) var keys: [Section<Assignment>] = []
  package internal(set) var columns: [Section<Spot<String>>] = []
  package internal(set) var views: [Section<View>] = []

  static let owner = "a document of settings"
  /// The most bytes of a document.
  package static let maximumByteCount = 64 << 10
  /// The most keys of an action, columns of a list and views of a list.
  package static let maximumCount = 50
  /// The most characters of a view's name and of its filter.
  package static let maximumTextLength = 500

  /// Reads a document in YAML 1.2 or JSON. An empty document has no settings. What can't be read is left out, and
  /// reported as a problem.
  package static func read(
    _ bytes: [UInt8], named name: String
  ) -> (document: ConfigDocument, problems: [FileProblem]) {
    guard bytes.count <= maximumByteCount else {
      let message = "the document has \(bytes.count) bytes, the most is \(maximumByteCount)"
      return (ConfigDocument(), [FileProblem(message, at: .start)])
    }
    return bytes.withUnsafeBufferPointer { buffer in
      let reader = ConfigReader()
      guard let events = SecurityFile.events(of: buffer, named: name) else {
        return (ConfigDocument(), [FileProblem("out of memory", at: .start)])
      }
      let document = reader.read(events)
      return (document, reader.problems.list)
    }
  }
}
