/// A number with a fraction, which is never recorded.
struct FractionInJSON: Error {}

struct KeyedPart<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let part: JSONPart
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { part.member(key.stringValue).set(word: "null") }
  func encode(_ value: Bool, forKey key: Key) {
    part.member(key.stringValue).set(word: value ? "true" : "false")
  }
  func encode(_ value: String, forKey key: Key) { part.member(key.stringValue).set(value) }
  func encode(_ value: Double, forKey key: Key) throws { throw FractionInJSON() }
  func encode(_ value: Float, forKey key: Key) throws { throw FractionInJSON() }
  func encode(_ value: Int, forKey key: Key) { word(value, key) }
  func encode(_ value: Int8, forKey key: Key) { word(value, key) }
  func encode(_ value: Int16, forKey key: Key) { word(value, key) }
  func encode(_ value: Int32, forKey key: Key) { word(value, key) }
  func encode(_ value: Int64, forKey key: Key) { word(value, key) }
  func encode(_ value: UInt, forKey key: Key) { word(value, key) }
  func encode(_ value: UInt8, forKey key: Key) { word(value, key) }
  func encode(_ value: UInt16, forKey key: Key) { word(value, key) }
  func encode(_ value: UInt32, forKey key: Key) { word(value, key) }
  func encode(_ value: UInt64, forKey key: Key) { word(value, key) }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try part.member(key.stringValue).encode(value)
  }

  private func word(_ number: some BinaryInteger, _ key: Key) {
    part.member(key.stringValue).set(word: String(number))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { part.member(key.stringValue).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    part.member(key.stringValue).unkeyedContainer()
  }
  func superEncoder() -> any Encoder { part.member("super") }
  func superEncoder(forKey key: Key) -> any Encoder { part.member(key.stringValue) }
}

struct UnkeyedPart: UnkeyedEncodingContainer {
  let part: JSONPart
  var codingPath: [any CodingKey] { [] }
  var count: Int { part.elementCount }

  func encodeNil() { part.element().set(word: "null") }
  func encode(_ value: Bool) { part.element().set(word: value ? "true" : "false") }
  func encode(_ value: String) { part.element().set(value) }
  func encode(_ value: Double) throws { throw FractionInJSON() }
  func encode(_ value: Float) throws { throw FractionInJSON() }
  func encode<T: Encodable>(_ value: T) throws { try part.element().encode(value) }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    part.element().container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { part.element().unkeyedContainer() }
  func superEncoder() -> any Encoder { part.element() }
}

struct SinglePart: SingleValueEncodingContainer {
  let part: JSONPart
  var codingPath: [any CodingKey] { [] }

  func encodeNil() { part.set(word: "null") }
  func encode(_ value: Bool) { part.set(word: value ? "true" : "false") }
  func encode(_ value: String) { part.set(value) }
  func encode(_ value: Double) throws { throw FractionInJSON() }
  func encode(_ value: Float) throws { throw FractionInJSON() }
  func encode(_ value: Int) { part.set(word: String(value)) }
  func encode(_ value: Int8) { part.set(word: String(value)) }
  func encode(_ value: Int16) { part.set(word: String(value)) }
  func encode(_ value: Int32) { part.set(word: String(value)) }
  func encode(_ value: Int64) { part.set(word: String(value)) }
  func encode(_ value: UInt) { part.set(word: String(value)) }
  func encode(_ value: UInt8) { part.set(word: String(value)) }
  func encode(_ value: UInt16) { part.set(word: String(value)) }
  func encode(_ value: UInt32) { part.set(word: String(value)) }
  func encode(_ value: UInt64) { part.set(word: String(value)) }
  func encode<T: Encodable>(_ value: T) throws { try part.encode(value) }
}
