import Access
import Testing

@Suite struct PermissionsTests {
  @Test("all covers everything, a set what is in it, none nothing")
  func covers() {
    #expect(Coverage<Int>.all.covers(1))
    #expect(Coverage.only([1]).covers(1))
    #expect(!Coverage.only([1]).covers(2))
    #expect(!Coverage<Int>.none.covers(1))
    #expect(Coverage<Int>.none.isNone)
    #expect(!Coverage<Int>.all.isNone)
    #expect(Coverage<Int>.all.only == nil)
  }

  @Test("taking a list out takes its items along")
  func itemsFollowLists() {
    let (orders, invoices) = (ListID.random(), ListID.random())
    let (release, post) = (ListItem(list: orders, item: .random()), ListItem(list: invoices, item: .random()))
    var permissions = Permissions(
      lists: .only([orders, invoices]), items: [.action: .only([release, post])])
    let kept = Coverage.only([orders])
    #expect(permissions.itemsLost(keeping: kept) == [.action: [post]])
    permissions.lists = kept
    #expect(permissions[.action] == .only([release]))
    permissions.lists = .none
    #expect(permissions == .none)
    #expect(permissions.isEmpty)
  }

  @Test("an item of a list that is not covered can't be given")
  func refusesUncoveredItems() {
    var permissions = Permissions(lists: .only([.random()]))
    permissions[.detail] = .only([ListItem(list: .random(), item: .random())])
    #expect(permissions[.detail].isNone)
  }

  @Test("all items stay all when lists go; all lists keep every item")
  func keepsAll() {
    let item = ListItem(list: .random(), item: .random())
    var permissions = Permissions(lists: .all, items: [.action: .all, .listAction: .only([item])])
    #expect(permissions.itemsLost(keeping: .none) == [.listAction: [item]])
    permissions.lists = .none
    #expect(permissions[.action] == .all)
    #expect(permissions[.listAction].isNone)
  }

  @Test("after any change, items are of covered lists only, and equal values have one form")
  func holdsItsInvariant() {
    var generator = SystemRandomNumberGenerator()
    let lists = (0..<4).map { _ in ListID.random() }
    let items = lists.flatMap { list in (0..<2).map { _ in ListItem(list: list, item: .random()) } }
    var permissions = Permissions.none
    for _ in 0..<2_000 {
      let someLists = Set(lists.filter { _ in Bool.random(using: &generator) })
      let someItems = Set(items.filter { _ in Bool.random(using: &generator) })
      let isAll = Int.random(in: 0..<8, using: &generator) == 0
      if Bool.random(using: &generator) {
        let coverage: Coverage<ListID> = isAll ? .all : .only(someLists)
        let lost = permissions.itemsLost(keeping: coverage)
        let before = permissions
        permissions.lists = coverage
        for kind in ItemKind.allCases {
          #expect((before[kind].only ?? []).subtracting(permissions[kind].only ?? []) == lost[kind] ?? [])
        }
      } else if let kind = ItemKind.allCases.randomElement(using: &generator) {
        permissions[kind] = isAll ? .all : .only(someItems)
      }
      for kind in ItemKind.allCases {
        #expect((permissions[kind].only ?? []).allSatisfy { permissions.lists.covers($0.list) })
      }
      #expect(permissions == Permissions(lists: permissions.lists, items: permissions.items))
      #expect(!permissions.items.values.contains { $0.isNone })
    }
  }
}
