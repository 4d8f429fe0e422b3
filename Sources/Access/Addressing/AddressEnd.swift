/// The places whose addresses have the same shape and differ in their query parameters or methods. A place is
/// found by the values in the request, so a lookup costs the same however many places there are.
struct AddressEnd: Sendable {
  /// The places whose addresses have parameters of the same names.
  private struct Group: Sendable {
    /// The parameters' names, sorted.
    let names: [[UInt8]]
    /// The numbers of the places by the values of their parameters, which are in the order of the names.
    var numbers: [[[UInt8]]: [Int]] = [:]
  }

  private var groups: [Group] = []
  var groupCount: Int { groups.count }

  mutating func insert(_ query: AddressQuery, number: Int) {
    let parameters = query.parameters.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    let names = parameters.map(\.name)
    let index = groups.firstIndex { $0.names == names } ?? groups.endIndex
    if index == groups.endIndex { groups.append(Group(names: names)) }
    groups[index].numbers[parameters.map(\.value), default: []].append(number)
  }

  enum Found {
    /// The numbers of the places whose every parameter the request has exactly once, in the order of
    /// insertion.
    case places([Int])
    /// An application might match the request with a place of this shape, and popsec can't tell whether it
    /// does.
    case doubtful
  }

  func find(_ query: inout RequestedQuery) -> Found {
    var found: [Int] = []
    for group in groups {
      guard !group.names.isEmpty else {
        found += group.numbers[[]] ?? []
        continue
      }
      let given = group.names.map { query.parameter($0) }
      let values = given.compactMap(\.value)
      if values.count == given.count {
        found += group.numbers[values] ?? []
      } else if group.numbers.keys.contains(where: { zip(given, $0).allSatisfy { $0.mayMean($1) } }) {
        return .doubtful
      }
    }
    return .places(found.sorted())
  }
}

/// What a request says about one parameter.
enum RequestedParameter {
  case absent
  case once([UInt8])
  /// The parameter came more than once, or under a name that an application may take for the same. The case
  /// holds all values, or nil where they can't be told.
  case doubtful(Set<[UInt8]>?)

  /// The parameter's value; nil unless the request has the parameter exactly once.
  var value: [UInt8]? { if case .once(let value) = self { value } else { nil } }

  /// Whether an application might take the value for the parameter's.
  func mayMean(_ value: [UInt8]) -> Bool {
    switch self {
    case .absent: false
    case .once(let own): own == value
    case .doubtful(let values): values?.contains(value) ?? true
    }
  }
}

/// The parameters of a request, which are sorted only when a parameter is first asked for.
struct RequestedQuery {
  private let query: AddressQuery
  /// The places of the parameters, by the names under which applications may read them.
  private var places: [[UInt8]: [Int]]?

  init(_ query: AddressQuery) { self.query = query }

  mutating func parameter(_ name: [UInt8]) -> RequestedParameter {
    if query.namesBehindSemicolons.contains(where: { ParameterName.isAlike($0, name) }) {
      return .doubtful(nil)
    }
    let places = places ?? sortedOut()
    self.places = places
    let near = Set(ParameterName.readings(name).flatMap { places[$0] ?? [] }).map { query.parameters[$0] }
    let alike = near.filter { ParameterName.isAlike($0.name, name) }
    guard let first = alike.first else { return .absent }
    let semicolon = UInt8(ascii: ";")
    if alike.count == 1, first.name == name, !first.value.contains(semicolon) { return .once(first.value) }
    // Where an application takes a ; for a separator, the value ends at the first one.
    return .doubtful(Set(alike.flatMap { [$0.value, Array($0.value.prefix { $0 != semicolon })] }))
  }

  private func sortedOut() -> [[UInt8]: [Int]] {
    var places: [[UInt8]: [Int]] = [:]
    for (place, parameter) in query.parameters.enumerated() {
      for reading in ParameterName.readings(parameter.name) { places[reading, default: []].append(place) }
    }
    return places
  }
}
