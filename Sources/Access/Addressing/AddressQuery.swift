/// The parameters of a query, percent-decoded, with `+` as a space (WHATWG URL,
/// application/x-www-form-urlencoded).
package struct AddressQuery: Hashable, Sendable {
  package struct Parameter: Hashable, Sendable {
    package let name: [UInt8]
    package let value: [UInt8]
  }

  /// The parameters in the order in which they are written. Those with neither a name nor a value are left
  /// out.
  package let parameters: [Parameter]
  /// The names that follow a `;`, which some applications read as `&` (HTML 4.01, appendix B.2.2).
  let namesBehindSemicolons: [[UInt8]]

  package static let none = AddressQuery(parameters: [])

  private init(parameters: [Parameter]) {
    self.parameters = parameters
    namesBehindSemicolons = []
  }

  /// Reads a query. The result is nil where a `%` is not followed by two hexadecimal digits.
  package init?(_ raw: some StringProtocol) {
    var parameters: [Parameter] = []
    var behind: [[UInt8]] = []
    for part in Array(raw.utf8).split(separator: UInt8(ascii: "&")) {
      let name = part.prefix { $0 != UInt8(ascii: "=") }
      guard let decodedName = Self.decoded(name), let value = Self.decoded(part[name.endIndex...].dropFirst())
      else { return nil }
      parameters.append(Parameter(name: decodedName, value: value))
      for piece in part.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).dropFirst() {
        Self.decoded(piece.prefix { $0 != UInt8(ascii: "=") }).map { behind.append($0) }
      }
    }
    self.parameters = parameters
    namesBehindSemicolons = behind
  }

  /// All values of the parameter with this name.
  package func values(of name: String) -> [[UInt8]] {
    parameters.filter { $0.name.elementsEqual(name.utf8) }.map(\.value)
  }

  /// The number of parameters with this name, or with a name that an application may take for the same. Where
  /// the number is greater than one, nobody may guess which parameter counts.
  package func count(alike name: String) -> Int {
    let name = Array(name.utf8)
    return (parameters.map(\.name) + namesBehindSemicolons).count { ParameterName.isAlike($0, name) }
  }

  private static func decoded(_ raw: ArraySlice<UInt8>) -> [UInt8]? {
    let spaced = raw.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
    return percentDecoded(spaced[...])?.bytes
  }
}
