internal import Access
internal import Administration
private import Foundation

/// A question in the form of the OpenID AuthZEN Authorization API 1.0. Members that popsec doesn't know are
/// ignored, as the specification asks (section 5).
struct Evaluation: Codable {
  struct Subject: Codable {
    let type: String
    let id: String

    /// The asker; nil for a type that popsec doesn't know.
    var asker: CheckRequest.Asker? {
      switch SubjectType(rawValue: type) {
      case .token: CheckRequest.Asker(tokenID: id)
      case .apiUser: .account(AccountReference(.apiUser, Reference(text: id)))
      case .user: .account(AccountReference(.user, Reference(text: id)))
      case nil: nil
      }
    }
  }

  enum SubjectType: String {
    case token, apiUser, user
  }

  enum ResourceType: String {
    case widget, endpoint, list
  }

  struct Action: Codable {
    let name: String
  }

  struct Resource: Codable {
    let type: String
    let id: String
    let properties: Properties?
  }

  /// The parts that narrow a request.
  struct Properties: Codable {
    let connector: String?
    let company: String?
    let list: String?
    let action: String?
    let detail: String?
    let listAction: String?
  }

  struct Context: Codable {
    /// The address from which the request came.
    let source: String?
  }

  var subject: Subject?
  var action: Action?
  var resource: Resource?
  var context: Context?

  /// The question with its missing parts taken from the whole batch.
  func filled(from other: Evaluation) -> Evaluation {
    Evaluation(
      subject: subject ?? other.subject, action: action ?? other.action,
      resource: resource ?? other.resource, context: context ?? other.context)
  }

  /// The request in popsec's terms.
  func request() throws(GateProblem) -> CheckRequest {
    guard let subject, let action, let resource else {
      throw .body("subject, action and resource are needed")
    }
    guard let asker = subject.asker else {
      throw .body("the subject's type is none of token, apiUser and user")
    }
    var request = try resource.request(action)
    request.asker = asker
    request.source = try context?.address()
    return request
  }
}

extension Evaluation.Resource {
  /// The request in popsec's terms, still without an asker.
  func request(_ action: Evaluation.Action) throws(GateProblem) -> CheckRequest {
    guard let type = Evaluation.ResourceType(rawValue: type) else {
      throw .body("the resource's type is none of widget, endpoint and list")
    }
    let surface: CheckRequest.Surface
    switch type {
    case .widget: surface = .widget(Reference(text: id))
    case .endpoint: surface = .endpoint(Reference(text: id), try action.method())
    case .list:
      guard let connector = properties?.connector else {
        throw .body("a resource of type list needs the property connector")
      }
      surface = .api(Reference(text: connector))
    }
    var request = CheckRequest(asker: .noToken, surface: surface)
    try properties?.narrow(&request)
    if type == .list { request.list = Reference(text: id) }
    return request
  }
}

extension Evaluation.Action {
  func method() throws(GateProblem) -> HTTPMethod {
    guard let method = HTTPMethod(rawValue: name) else {
      throw .body("the action's name is the HTTP method of an endpoint")
    }
    return method
  }
}

extension Evaluation.Properties {
  /// Narrows a request. The connector does not narrow it, but says where a list is.
  func narrow(_ request: inout CheckRequest) throws(GateProblem) {
    request.company = company.map(Reference.init(text:))
    request.list = list.map(Reference.init(text:))
    let items: [(ItemKind, String?)] = [(.action, action), (.detail, detail), (.listAction, listAction)]
    let named = items.compactMap { kind, name in name.map { (kind, $0) } }
    guard named.count <= 1 else { throw .severalItems }
    request.item = named.first.map { CheckRequest.ItemReference($0.0, Reference(text: $0.1)) }
  }
}

extension Evaluation.Context {
  /// The source address; nil where none is named.
  func address() throws(GateProblem) -> IPAddress? {
    guard let source else { return nil }
    guard let address = IPAddress(source) else { throw .body("the context's source is no IP address") }
    return address
  }
}

/// Several questions, with the parts that they have in common.
struct Evaluations: Decodable {
  struct Options: Decodable {
    let evaluations_semantic: Semantic?
  }

  enum Semantic: String, Decodable {
    case execute_all, deny_on_first_deny, permit_on_first_permit

    /// Whether no further question is answered after this one.
    func ends(after isAllowed: Bool) -> Bool {
      switch self {
      case .execute_all: false
      case .deny_on_first_deny: !isAllowed
      case .permit_on_first_permit: isAllowed
      }
    }
  }

  static let maximumCount = 100

  let common: Evaluation
  /// The questions; nil where the common part itself is the only question.
  let evaluations: [Evaluation]?
  let semantic: Semantic

  private enum Keys: String, CodingKey {
    case evaluations, options
  }

  init(from decoder: any Decoder) throws {
    common = try Evaluation(from: decoder)
    let container = try decoder.container(keyedBy: Keys.self)
    evaluations = try container.decodeIfPresent([Evaluation].self, forKey: .evaluations)
    semantic =
      try container.decodeIfPresent(Options.self, forKey: .options)?.evaluations_semantic ?? .execute_all
  }
}

/// Reads a body. Errors reveal nothing of its contents.
func readAuthZEN<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws(GateProblem) -> Value {
  guard PlainJSON.holds(body) else {
    throw .body("the body is no JSON object in UTF-8 whose names stand once each")
  }
  do { return try JSONDecoder().decode(type, from: Data(body)) } catch {
    throw .body("the body is no AuthZEN request in JSON")
  }
}

extension CheckRequest.Asker {
  fileprivate init(tokenID text: String) {
    do { self = .tokenID(try TokenID(text)) } catch { self = .malformedTokenID(error) }
  }
}
