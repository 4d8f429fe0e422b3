import Access
import Administration

/// The address of a widget or an endpoint as a person writes it.
enum AddressArgument {
  static func address<Value>(
    _ text: String, _ make: (String) throws(AddressProblem) -> Value
  ) throws(Trouble) -> Value {
    do { return try make(text) } catch {
      throw Trouble(
        "\(error)", hint: "write it as in https://portal.example.com/sales", exitStatus: .badData)
    }
  }

  /// Reads `part=name`, each part and each query parameter once.
  static func parameters(_ arguments: [String]) throws(Trouble) -> [WidgetParameter: String] {
    var found: [WidgetParameter: String] = [:]
    for argument in arguments {
      let (part, name) = try parameter(argument)
      guard found[part] == nil, !found.values.contains(name) else {
        throw Trouble(
          "\(quotedExcerpt(argument)) names a part or a query parameter that is named already",
          hint: "one query parameter narrows one thing", exitStatus: .badData)
      }
      found[part] = name
    }
    return found
  }

  private static func parameter(_ argument: String) throws(Trouble) -> (WidgetParameter, String) {
    let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    guard halves.count == 2, let part = WidgetParameter(rawValue: halves[0]) else {
      let parts = WidgetParameter.allCases.map(\.rawValue).joined(separator: ", ")
      throw Trouble(
        "\(quotedExcerpt(argument)) names no part of a request",
        hint: "write it as in company=tenant; the parts are \(parts)", exitStatus: .badData)
    }
    switch WidgetParameter.problem(ofQueryParameter: halves[1]) {
    case nil: return (part, halves[1])
    case .tokenID:
      throw Trouble(
        "the query parameter \(quotedExcerpt(halves[1])) is the Token ID's", hint: "take another one",
        exitStatus: .badData)
    case .malformed:
      throw Trouble(
        "\(quotedExcerpt(halves[1])) is no query parameter", hint: QueryParameterProblem.form,
        exitStatus: .badData)
    }
  }

  /// Reads an HTTP method, in whatever case it is written.
  static func method(_ text: String) throws(Trouble) -> HTTPMethod {
    if let method = HTTPMethod(rawValue: text.uppercased()) { return method }
    throw Trouble(
      "\(quotedExcerpt(text)) is no HTTP method", hint: "write it in letters, as in GET or POST",
      exitStatus: .badData)
  }
}
