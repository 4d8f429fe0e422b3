internal import Access
private import Foundation
internal import Store

extension Session {
  func laws() throws -> [Law<AsWritten>] {
    let read = try rows("SELECT document FROM law ORDER BY name_key") {
      (text: try $0.text(0), law: try Self.law($0, shelf))
    }
    shelf.keep(read.lazy.map(\.text))
    return read.map(\.law)
  }

  func law(named key: NameKey) throws -> Law<AsWritten>? {
    try rows("SELECT document FROM law WHERE name_key = ?", [key.text]) { try Self.law($0, shelf) }.first
  }

  func lawNames() throws -> [Name] {
    try rows("SELECT json_extract(document, '$.name') FROM law ORDER BY name_key") { try $0.name(0) }
  }

  func lawStock() throws -> LawStock {
    try first("SELECT COUNT(*), COALESCE(SUM(LENGTH(document)), 0) FROM law") {
      LawStock(count: Int(try $0.integer(0)), characters: Int(try $0.integer(1)))
    } ?? LawStock(count: 0, characters: 0)
  }

  private static func law(_ fields: Fields, _ shelf: LawShelf) throws -> Law<AsWritten> {
    let document = try fields.text(0)
    // A law that can't be read is damage: nobody knows what it refuses.
    return try fields.checked(0, shelf.law(document))
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
