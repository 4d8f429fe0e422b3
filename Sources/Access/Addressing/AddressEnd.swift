/// The places of one shape, which differ in their query parameters or in their methods. One is found by the
/// values that a request has, however many there are.
struct AddressEnd: Sendable {
  /// Those whose addresses have parameters of the same names.
  private struct Group: Sendable {
    /// Sorted.
    let names: [[UInt8]]
    /// By the values, in the order of the names.
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
    /// The numbers of those all of whose parameters the request has exactly once, in the order of insertion.
    case places([Int])
    /// An application might read the request as one for an entry here, and popsec can't tell.
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

/// What a request says of one parameter.
enum RequestedParameter {
  case absent
  case once([UInt8])
  /// It came more than once, or under a name that an application may read as the same; with all values, nil where these
  /// can't be told.
  case doubtful(Set<[UInt8]>?)

  /// Nil where the request does not have it exactly once.
  var value: [UInt8]? { if case .once(let value) = self { value } else { nil } }

  /// Whether an application might read that value in it.
  func mayMean(_ value: [UInt8]) -> Bool {
    switch self {
    case .absent: false
    case .once(let own): own == value
    case .doubtful(let values): values?.contains(value) ?? true
    }
  }
}

/// The parameters of a request, sorted out when one is first asked for.
struct RequestedQuery {
  private let query: AddressQuery
  /// The places of parameters, by what applications may read their names as.
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
    // Where a ; parts parameters, a value ends at the first.
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
