/// What of an OpenAPI 3 document is of interest (OpenAPI Specification 3.1.1).
struct OpenAPIDocument {
  struct Server {
    let url: Spot<String>
    /// The default values of its variables.
    let variables: [String: String]
  }

  struct Operation {
    /// In capital letters.
    let method: String
    var id: Spot<String>?
    /// What stands elsewhere in its place.
    var reference: Spot<String>?
    /// The first of its tags.
    var tag: String?
    var server: Server?
    let position: FilePosition
  }

  struct PathItem {
    let position: FilePosition
    var reference: Spot<String>?
    var server: Server?
    var operations: [Operation] = []
  }

  /// Nil until the key that tells what the document is was read.
  var version: Spot<String>?
  var title: Spot<String>?
  var server: Server?
  /// In the order of the document.
  var paths: [(path: Spot<String>, item: PathItem)] = []
  /// Those of `components/pathItems`.
  var components: [String: PathItem] = [:]
}
