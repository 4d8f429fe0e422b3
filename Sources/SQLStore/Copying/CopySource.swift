internal import Access
internal import Store

/// One state of a store that is copied.
package final class CopySource {
  package let store: any SQLLoading
  /// What gates recorded, if any gate ever did.
  private let uses: (any SQLLoading)?
  /// The place of the store, for errors.
  private let place: String
  /// What is known of the state, because counting many rows takes a while.
  private var known: [Part]?

  package init(store: any SQLLoading, uses: (any SQLLoading)?, place: String) {
    (self.store, self.uses, self.place) = (store, uses, place)
  }

  struct Part {
    let kind: CopyPart
    let tables: [StoreContents.Table]
    /// Nil where there is nothing to copy.
    let source: (any SQLLoading)?
    /// The number of all rows.
    let count: Int
    let store: String
    let state: String
  }

  func parts() throws -> [Part] {
    if let known { return known }
    let (id, head) = try identity()
    let count = try StoreContents.count(StoreContents.ofStore, in: store)
    let hash = head.hash.map { String($0, radix: 16) }.joined(separator: ".")
    let versions = "\(Migration.all.version).\(Migration.ofUses.version)"
    let found = [
      Part(
        kind: .store, tables: StoreContents.ofStore, source: store, count: count, store: id,
        state: "\(versions) \(head.generation) \(head.sequence) \(hash) \(count)"),
      try records(id),
    ]
    known = found
    return found
  }

  /// Gates may go on writing their records while the store stays the same: then the records alone are copied anew.
  private func records(_ id: String) throws -> Part {
    guard let uses else {
      return Part(kind: .uses, tables: [], source: nil, count: 0, store: id, state: "none")
    }
    let tables = try StoreContents.ofUses(in: uses)
    let session = Session(connection: uses, path: place)
    let counts = try tables.map { try session.count("SELECT count(*) FROM \($0.name)") }
    let sum = try session.count("SELECT coalesce(sum(use_count + denial_count), 0) FROM token_use")
    return Part(
      kind: .uses, tables: tables, source: uses, count: counts.reduce(0, +), store: id,
      state: (counts + [sum]).map { String($0) }.joined(separator: " "))
  }

  func identity() throws -> (id: String, head: StoreHead) { try Self.head(of: store, place) }

  static func head(of connection: any SQLLoading, _ place: String) throws -> (id: String, head: StoreHead) {
    let session = Session(connection: connection, path: place)
    return (try session.storeID().rawValue, try session.storeHead())
  }
}
