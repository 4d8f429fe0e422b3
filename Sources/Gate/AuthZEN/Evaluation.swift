internal import Access
internal import Administration
private import Foundation

/// A question in the form of the OpenID AuthZEN Authorization API 1.0. What popsec doesn't know is
/// ignored, as the specification asks (section 5).
struct Evaluation: Decodable {
  struct Subject: Decodable {
    let type: String
    let id: String
  }

  struct Action: Decodable {
    let name: String
  }

  struct Resource: Decodable {
    let type: String
    let id: String
    let properties: Properties?
  }

  /// What a request narrows.
  struct Properties: Decodable {
    let connector: String?
    let company: String?
    let list: String?
    let action: String?
    let detail: String?
    let listAction: String?
  }

  struct Context: Decodable {
    /// The address that the request came from.
    let source: String?
  }

  var subject: Subject?
  var action: Action?
  var resource: Resource?
  var context: Context?

  /// What it lacks is taken from the whole batch.
  func filled(from other: Evaluation) -> Evaluation {
    Evaluation(
      subject: subject ?? other.subject, action: action ?? other.action,
      resource: resource ?? other.resource, context: context ?? other.context)
  }

  /// What is asked, in popsec's words.
  func request() throws(GateProblem) -> CheckRequest {
    guard let subject, let action, let resource else {
      throw .body("subject, action and resource are needed")
    }
    var request = CheckRequest(asker: try asker(subject), surface: .widget(.noName))
    let properties = resource.properties
    request.company = properties?.company.map(Reference.init(text:))
    request.list = properties?.list.map(Reference.init(text:))
    let items: [(ItemKind, String?)] = [
      (.action, properties?.action), (.detail, properties?.detail), (.listAction, properties?.listAction),
    ]
    let named = items.compactMap { kind, name in name.map { (kind, $0) } }
    guard named.count <= 1 else { throw .severalItems }
    request.item = named.first.map { CheckRequest.ItemReference($0.0, Reference(text: $0.1)) }
    switch resource.type {
    case "widget": request.surface = .widget(Reference(text: resource.id))
    case "endpoint":
      guard let method = HTTPMethod(rawValue: action.name) else {
        throw .body("the action's name is the HTTP method of an endpoint")
      }
      request.surface = .endpoint(Reference(text: resource.id), method)
    case "list":
      guard let connector = properties?.connector else {
        throw .body("a resource of type list needs the property connector")
      }
      request.surface = .api(Reference(text: connector))
      request.list = Reference(text: resource.id)
    default: throw .body("the resource's type is none of widget, endpoint and list")
    }
    if let source = context?.source {
      guard let address = IPAddress(source) else { throw .body("the context's source is no IP address") }
      request.source = address
    }
    return request
  }

  private func asker(_ subject: Subject) throws(GateProblem) -> CheckRequest.Asker {
    switch subject.type {
    case "token": return CheckRequest.Asker(tokenID: subject.id)
    case "apiUser": return .account(AccountReference(.apiUser, Reference(text: subject.id)))
    case "user": return .account(AccountReference(.user, Reference(text: subject.id)))
    default: throw .body("the subject's type is none of token, apiUser and user")
    }
  }
}

/// Several questions, with what they have in common.
struct Evaluations: Decodable {
  struct Options: Decodable {
    let evaluations_semantic: Semantic?
  }

  enum Semantic: String, Decodable {
    case execute_all, deny_on_first_deny, permit_on_first_permit

    /// Whether the rest is not asked any more.
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
  /// Nil: the common part alone is the question.
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

/// Reads a body. Errors tell nothing of what it holds.
func authZEN<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws(GateProblem) -> Value {
  do { return try JSONDecoder().decode(type, from: Data(body)) } catch {
    throw .body("the body is no AuthZEN request in JSON")
  }
}

extension CheckRequest.Asker {
  fileprivate init(tokenID text: String) {
    do { self = .tokenID(try TokenID(text)) } catch { self = .malformedTokenID(error) }
  }
}
