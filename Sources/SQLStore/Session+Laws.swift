internal import Access
private import Foundation
internal import Store

extension Session {
  func laws() throws -> [Law<AsWritten>] {
    try rows("SELECT document FROM law ORDER BY name_key") { try Self.law($0) }
  }

  func law(named key: NameKey) throws -> Law<AsWritten>? {
    try rows("SELECT document FROM law WHERE name_key = ?", [key.text]) { try Self.law($0) }.first
  }

  func lawNames() throws -> [Name] {
    try rows("SELECT json_extract(document, '$.name') FROM law ORDER BY name_key") { try $0.name(0) }
  }

  private static func law(_ fields: Fields) throws -> Law<AsWritten> {
    let document = Data(try fields.text(0).utf8)
    // A law that can't be read is damage: nobody knows what it refuses.
    return try fields.checked(0, try? JSONDecoder().decode(Law<AsWritten>.self, from: document))
  }

  func put(_ law: Law<AsWritten>) throws {
    let key = NameKey(law.name)
    try removeLaw(named: key)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try execute(
      "INSERT INTO law (name_key, document) VALUES (?, ?)",
      [key.text, String(decoding: try encoder.encode(law), as: UTF8.self)])
  }

  func removeLaw(named key: NameKey) throws {
    try execute("DELETE FROM law WHERE name_key = ?", [key.text])
  }
}
