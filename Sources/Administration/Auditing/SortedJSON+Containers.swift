/// A number with a fraction, which is never recorded.
struct FractionInJSON: Error {}

/// One value of a JSON text. It becomes an object or an array when it is asked for a container.
struct JSONValue: Encoder, SingleValueEncodingContainer {
  let tree: JSONTree
  /// The number of the value in the tree.
  let node: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(JSONObject(value: self))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    tree.becomeArray(node)
    return JSONArray(value: self)
  }
  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { tree.setWord(of: node, "null") }
  func encode(_ value: Bool) { tree.setWord(of: node, value ? "true" : "false") }
  func encode(_ value: String) { tree.setText(of: node, value) }
  func encode(_ value: Double) throws { throw FractionInJSON() }
  func encode(_ value: Float) throws { throw FractionInJSON() }
  func encode(_ value: Int) { number(value) }
  func encode(_ value: Int8) { number(value) }
  func encode(_ value: Int16) { number(value) }
  func encode(_ value: Int32) { number(value) }
  func encode(_ value: Int64) { number(value) }
  func encode(_ value: UInt) { number(value) }
  func encode(_ value: UInt8) { number(value) }
  func encode(_ value: UInt16) { number(value) }
  func encode(_ value: UInt32) { number(value) }
  func encode(_ value: UInt64) { number(value) }
  func encode<T: Encodable>(_ value: T) throws { try value.encode(to: self) }

  private func number(_ number: some BinaryInteger) { tree.setWord(of: node, String(number)) }
}

struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let value: JSONValue
  var codingPath: [any CodingKey] { [] }

  private func member(_ key: String) -> JSONValue {
    JSONValue(tree: value.tree, node: value.tree.member(key, of: value.node))
  }

  func encodeNil(forKey key: Key) { member(key.stringValue).encodeNil() }
  func encode(_ value: Bool, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: String, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: Double, forKey key: Key) throws { throw FractionInJSON() }
  func encode(_ value: Float, forKey key: Key) throws { throw FractionInJSON() }
  func encode(_ value: Int, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: Int8, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: Int16, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: Int32, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: Int64, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: UInt, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: UInt8, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: UInt16, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: UInt32, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode(_ value: UInt64, forKey key: Key) { member(key.stringValue).encode(value) }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try member(key.stringValue).encode(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { member(key.stringValue).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    member(key.stringValue).unkeyedContainer()
  }
  func superEncoder() -> any Encoder { member("super") }
  func superEncoder(forKey key: Key) -> any Encoder { member(key.stringValue) }
}

struct JSONArray: UnkeyedEncodingContainer {
  let value: JSONValue
  var codingPath: [any CodingKey] { [] }
  var count: Int { value.tree.count(of: value.node) }

  private func element() -> JSONValue {
    JSONValue(tree: value.tree, node: value.tree.element(of: value.node))
  }

  func encodeNil() { element().encodeNil() }
  func encode(_ value: Bool) { element().encode(value) }
  func encode(_ value: String) { element().encode(value) }
  func encode(_ value: Double) throws { throw FractionInJSON() }
  func encode(_ value: Float) throws { throw FractionInJSON() }
  func encode<T: Encodable>(_ value: T) throws { try element().encode(value) }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    element().container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }
  func superEncoder() -> any Encoder { element() }
}
