/// Reads the events of a JSON text strictly (RFC 8259). libyaml can't do this: it does not know surrogate
/// pairs, and takes numbers for text.
final class JSONEvents: FileEvents {
  private enum Expectation {
    case value, firstElement, firstKey, key, separator, nothing
  }

  private var scanner: JSONScanner
  private var expects = Expectation.value
  /// The open arrays and objects, outermost first; true stands for an object.
  private var open: [Bool] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, maximumScalarBytes: Int = Scalar.maximumByteCount) {
    scanner = JSONScanner(bytes, maximumScalarBytes: maximumScalarBytes)
  }

  func next() throws(SyntaxError) -> (event: FileEvent, position: FilePosition) {
    while true {
      scanner.skipSpace()
      let position = scanner.position
      if let event = try step() { return (event, position) }
    }
  }

  private func step() throws(SyntaxError) -> FileEvent? {
    switch expects {
    case .value: return try value()
    case .firstElement: return scanner.skip("]") ? close(.sequenceEnd) : try value()
    case .firstKey: return scanner.skip("}") ? close(.mappingEnd) : try key()
    case .key: return try key()
    case .separator: return try separator()
    case .nothing:
      guard scanner.isAtEnd else { throw scanner.error("something follows after the end of the JSON value") }
      return .end
    }
  }

  private func value() throws(SyntaxError) -> FileEvent {
    if scanner.skip("{") {
      open.append(true)
      expects = .firstKey
      return .mappingStart
    }
    if scanner.skip("[") {
      open.append(false)
      expects = .firstElement
      return .sequenceStart
    }
    let scalar = try scanner.scalar()
    expects = open.isEmpty ? .nothing : .separator
    return .scalar(scalar)
  }

  private func key() throws(SyntaxError) -> FileEvent {
    guard scanner.peek == UInt8(ascii: "\"") else { throw scanner.error("a key in quotes is expected here") }
    let scalar = try scanner.scalar()
    scanner.skipSpace()
    guard scanner.skip(":") else { throw scanner.error("a colon is expected here") }
    expects = .value
    return .scalar(scalar)
  }

  private func separator() throws(SyntaxError) -> FileEvent? {
    let isObject = open.last == true
    if scanner.skip(",") {
      expects = isObject ? .key : .value
      return nil
    }
    if isObject, scanner.skip("}") { return close(.mappingEnd) }
    if !isObject, scanner.skip("]") { return close(.sequenceEnd) }
    throw scanner.error("a comma or \(isObject ? "}" : "]") is expected here")
  }

  private func close(_ event: FileEvent) -> FileEvent {
    open.removeLast()
    expects = open.isEmpty ? .nothing : .separator
    return event
  }
}
