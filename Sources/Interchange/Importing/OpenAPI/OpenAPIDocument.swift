/// The parts of an OpenAPI 3 document that an import needs (OpenAPI Specification 3.1.1).
struct OpenAPIDocument {
  struct Server {
    let url: Spot<String>
    /// The default values of the server's variables.
    let variables: [String: String]
  }

  struct Operation {
    /// The method, in capital letters.
    let method: String
    var id: Spot<String>?
    /// A reference to another place that stands in place of the operation.
    var reference: Spot<String>?
    /// The first tag of the operation.
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

  /// The version of the format; nil until its key was read.
  var version: Spot<String>?
  var title: Spot<String>?
  var server: Server?
  /// The paths, in the order of the document.
  var paths: [(path: Spot<String>, item: PathItem)] = []
  /// The path items of `components/pathItems`.
  var components: [String: PathItem] = [:]
}
