import Access
import Store
import Testing

@testable import Administration

/// Who breaks which enforced law in one state of a store.
struct LawBreakers {
  struct Breaker: Hashable, Comparable {
    let law: String
    /// The id of an account, or of an open widget.
    let id: String
    static func < (left: Self, right: Self) -> Bool { (left.law, left.id) < (right.law, right.id) }
  }

  let all: Set<Breaker>

  /// Looks at everybody, whatever a change touched.
  init(_ store: some Store, at now: Timestamp) throws {
    all = try store.read { reader in
      let source = AccessSource(reader)
      let laws = try reader.laws().filter { $0.mode == .enforce }
      let checker = LawChecker(laws, source, at: now)
      var found: Set<Breaker> = []
      for kind in AccountKind.allCases {
        try reader.forEachAccount(AccountQuery(kind: kind), now: now) { account in
          for broken in try checker.breaches(by: account.id) {
            found.insert(Breaker(law: broken.law.name.text.lowercased(), id: account.id.description))
          }
        }
      }
      for widget in try reader.widgets() where widget.isOpen {
        for law in laws where try Self.shows(widget, law, reader) {
          found.insert(Breaker(law: law.name.text.lowercased(), id: widget.id.description))
        }
      }
      var listed: Set<Breaker> = []
      try LawChecker(laws, source, at: now).forEachBreach { broken in
        let id =
          switch broken.breach.breaker {
          case .account(let id): id.description
          case .openWidget(let id): id.description
          }
        listed.insert(Breaker(law: broken.law.name.text.lowercased(), id: id))
      }
      #expect(listed == found, "the check of the whole store finds who breaks a law")
      return found
    }
  }

  /// Whether an open widget shows something that the law forbids to all API users, read from names alone: it shows all
  /// companies and all items of its lists, those that may come, too.
  private static func shows(_ widget: Widget, _ law: Law<AsWritten>, _ reader: any StoreReader) throws -> Bool
  {
    guard case .never(let who, let what) = law.form, who.apiUsers == .all,
      let connector = try reader.connector(widget.connector),
      NameKey(connector.name) == NameKey(what.connector)
    else { return false }
    let lists = try reader.lists(of: widget.connector).filter { widget.lists.contains($0.id) }
      .map { NameKey($0.name) }
    func has(_ names: Coverage<Name>) -> Bool {
      names.only.map { $0.contains { lists.contains(NameKey($0)) } } ?? !lists.isEmpty
    }
    let meant = what.lists.only.map { Set($0.map { NameKey($0) }) }
    let items = what.items.values.contains { coverage in
      guard let named = coverage.only else { return true }
      return named.contains { item in
        lists.contains(NameKey(item.list)) && meant?.contains(NameKey(item.list)) ?? true
      }
    }
    return has(what.lists) && (what.items.isEmpty || items)
  }
}
