/// The parts of the AuthZEN Authorization API 1.0 that are served, each under its default path (section
/// 10.1).
enum AuthZENPath: String, CaseIterable {
  case evaluation = "/access/v1/evaluation"
  case evaluations = "/access/v1/evaluations"
  case searchSubject = "/access/v1/search/subject"
  case searchResource = "/access/v1/search/resource"
  case searchAction = "/access/v1/search/action"
  case configuration = "/.well-known/authzen-configuration"

  /// The part that a target means; nil for any other target.
  static func find(_ target: String) -> AuthZENPath? {
    AuthZENPath(rawValue: String(target.prefix { $0 != "?" }))
  }

  /// The name of the part in the metadata (section 9.1.1). The metadata does not name itself.
  var metadataName: String? {
    switch self {
    case .evaluation: "access_evaluation_endpoint"
    case .evaluations: "access_evaluations_endpoint"
    case .searchSubject: "search_subject_endpoint"
    case .searchResource: "search_resource_endpoint"
    case .searchAction: "search_action_endpoint"
    case .configuration: nil
    }
  }

  /// The methods that the part takes, as in `Allow`.
  var methods: [String] { self == .configuration ? ["GET", "HEAD"] : ["POST"] }
}
