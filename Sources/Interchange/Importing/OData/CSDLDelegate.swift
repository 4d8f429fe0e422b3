internal import Foundation
internal import FoundationXML

/// Receives the parser's events, and builds the model.
final class CSDLDelegate: NSObject, XMLParserDelegate {
  /// The most entity types, sets, navigation properties and actions that are kept.
  private static let maximumThingCount = 500_000
  /// The deepest that elements may nest; metadata has some ten levels.
  private static let maximumDepth = 100
  private static let edm = "http://docs.oasis-open.org/odata/ns/edm"
  private static let edmx = "http://docs.oasis-open.org/odata/ns/edmx"

  /// The open elements, as far as the model needs them.
  private enum Open {
    case edmx, schema(String), entityType(String), action(Spot<String>), container, other
  }

  private(set) var model = CSDLModel()
  private(set) var failure: SyntaxError?
  private(set) var hasRoot = false
  var lineOffset = 0
  private let problems: Problems
  private var open: [Open] = []
  private var thingCount = 0

  init(_ problems: Problems) { self.problems = problems }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    guard failure == nil else { return }
    let position = position(parser)
    guard open.count < Self.maximumDepth else {
      return fail(parser, "this nests deeper than \(Self.maximumDepth) elements", isAlone: true)
    }
    if !hasRoot {
      hasRoot = true
      if let problem = rootProblem(name, namespaceURI ?? "", attributes) {
        failure = problem
        return parser.abortParsing()
      }
      open.append(.edmx)
      return
    }
    guard namespaceURI == Self.edm || namespaceURI == Self.edmx else {
      if name == "Schema" { return fail(parser, "this schema is of another version of OData than 4") }
      return open.append(.other)
    }
    open.append(element(name, Attributes(name, attributes, position, problems)))
    guard thingCount <= Self.maximumThingCount else {
      return fail(parser, "the document describes more than \(Self.maximumThingCount) things")
    }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if failure == nil { _ = open.popLast() }
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    let code = (error as NSError).code
    // These codes are warnings, mostly about namespaces, which libxml2 numbers like errors.
    guard failure == nil, code != 99, code != 100 else { return }
    // The error has only the parser's reason, because the text of a document that is no XML must not be
    // repeated.
    failure = SyntaxError(
      "not well-formed XML: \(XMLReason.words(code))", at: position(parser), isAlone: true)
    parser.abortParsing()
  }

  private func element(_ name: String, _ attributes: Attributes) -> Open {
    switch (open.last ?? .other, name) {
    case (_, "Schema"): return schema(attributes)
    case (_, "Include"):
      if let alias = attributes["Alias"], let namespace = attributes["Namespace"] {
        model.aliases[alias] = namespace
      }
    case (.schema(let namespace), "EntityType"): return entityType(attributes, in: namespace)
    case (.schema, "Action"): return action(attributes)
    case (.schema(let namespace), "EntityContainer"): return container(attributes, in: namespace)
    case (.entityType(let type), "NavigationProperty"): navigation(attributes, of: type)
    case (.action(let name), "Parameter"): bind(name, attributes)
    case (.container, "EntitySet"):
      if let set = entitySet(attributes, "EntityType") { model.sets.append(set) }
    case (.container, "Singleton"):
      if let singleton = entitySet(attributes, "Type") { model.singletons.append(singleton) }
    default: break
    }
    return .other
  }

  private func schema(_ attributes: Attributes) -> Open {
    guard let namespace = attributes.required("Namespace") else { return .other }
    if let alias = attributes["Alias"] { model.aliases[alias] = namespace }
    return .schema(namespace)
  }

  private func entityType(_ attributes: Attributes, in namespace: String) -> Open {
    guard let name = attributes.required("Name") else { return .other }
    thingCount += 1
    let qualified = namespace + "." + name
    guard model.types[qualified] == nil else {
      problems.add("the entity type \(shown(qualified)) is there twice", at: attributes.position)
      return .other
    }
    model.types[qualified] = CSDLModel.EntityType(
      name: qualified, base: attributes["BaseType"], position: attributes.position)
    return .entityType(qualified)
  }

  private func navigation(_ attributes: Attributes, of type: String) {
    guard let name = attributes.required("Name"), let target = attributes.required("Type") else { return }
    thingCount += 1
    model.types[type]?.navigation.append(
      CSDLModel.Navigation(
        name: Spot(value: name, position: attributes.position), target: CSDLTypeName(target),
        isContained: attributes["ContainsTarget"] == "true"))
  }

  private func action(_ attributes: Attributes) -> Open {
    guard let name = attributes.required("Name") else { return .other }
    guard attributes["IsBound"] == "true" else {
      model.unboundActionCount += 1
      return .other
    }
    return .action(Spot(value: name, position: attributes.position))
  }

  /// The first parameter of an action is the one that binds it (section 12.6).
  private func bind(_ name: Spot<String>, _ attributes: Attributes) {
    guard let type = attributes.required("Type") else { return }
    thingCount += 1
    model.actions.append(CSDLModel.BoundAction(name: name, binding: CSDLTypeName(type)))
    open[open.count - 1] = .other
  }

  private func container(_ attributes: Attributes, in namespace: String) -> Open {
    guard let name = attributes.required("Name") else { return .other }
    model.containers.insert(namespace + "." + name)
    if let base = attributes["Extends"] {
      model.extended.append(Spot(value: base, position: attributes.position))
    }
    return .container
  }

  private func entitySet(_ attributes: Attributes, _ type: String) -> CSDLModel.EntitySet? {
    guard let name = attributes.required("Name"), let type = attributes.required(type) else { return nil }
    thingCount += 1
    return CSDLModel.EntitySet(name: Spot(value: name, position: attributes.position), type: type)
  }

  /// The reason why the outermost element does not belong to such a document. The reason repeats nothing of
  /// the document.
  private func rootProblem(
    _ name: String, _ namespace: String, _ attributes: [String: String]
  ) -> SyntaxError? {
    guard name == "Edmx" else {
      return SyntaxError(
        "this is no OData $metadata: its outermost element is not Edmx", at: .start,
        hint: "save what the service answers at …/$metadata; a sign-in page is none", isAlone: true)
    }
    guard namespace == Self.edmx, attributes["Version"]?.hasPrefix("4") == true else {
      return SyntaxError(
        "this is metadata of an older version of OData than 4", at: .start,
        hint: "many services publish version 4 at another address, often with /v4/ in it; or use --csv",
        isAlone: true)
    }
    return nil
  }

  private func fail(_ parser: XMLParser, _ message: String, isAlone: Bool = false) {
    failure = SyntaxError(message, at: position(parser), isAlone: isAlone)
    parser.abortParsing()
  }

  /// The line in which the present tag ends.
  private func position(_ parser: XMLParser) -> FilePosition {
    FilePosition(line: max(1, parser.lineNumber) + lineOffset, column: 1)
  }
}

/// The attributes of one element.
private struct Attributes {
  let position: FilePosition
  private let element: String
  private let values: [String: String]
  private let problems: Problems

  init(_ element: String, _ values: [String: String], _ position: FilePosition, _ problems: Problems) {
    self.element = element
    self.values = values
    self.position = position
    self.problems = problems
  }

  subscript(name: String) -> String? { values[name] }

  /// The value of an attribute. Where it is missing, the result is nil and a problem is reported.
  func required(_ name: String) -> String? {
    if let value = values[name] { return value }
    problems.add("an \(element) needs the attribute \(name)", at: position)
    return nil
  }
}
