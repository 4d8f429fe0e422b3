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

  /// The numbers of those all of whose parameters the request has exactly once, in the order of insertion.
  func find(_ query: inout RequestedQuery) -> [Int] {
    var found: [Int] = []
    for group in groups {
      guard !group.names.isEmpty else {
        found += group.numbers[[]] ?? []
        continue
      }
      let values = group.names.compactMap { query.value(of: $0) }
      if values.count == group.names.count { found += group.numbers[values] ?? [] }
    }
    return found.sorted()
  }
}

/// The parameters of a request, sorted out when one is first asked for.
struct RequestedQuery {
  private let query: AddressQuery
  /// By what applications make of their names at most.
  private var parameters: [[UInt8]: [AddressQuery.Parameter]]?

  init(_ query: AddressQuery) { self.query = query }

  /// Nil where the request doesn't have the parameter exactly once: one whose name an application may read as the
  /// same counts as the parameter, too.
  mutating func value(of name: [UInt8]) -> [UInt8]? {
    let parameters = parameters ?? Dictionary(grouping: query.parameters) { ParameterName.stem($0.name) }
    self.parameters = parameters
    let alike = (parameters[ParameterName.stem(name)] ?? []).filter { ParameterName.isAlike($0.name, name) }
    return alike.count == 1 && alike[0].name == name ? alike[0].value : nil
  }
}
