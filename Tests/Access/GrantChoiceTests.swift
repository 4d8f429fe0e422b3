import Access
import Testing

@Suite("Parts that are put into a grant and taken out")
struct GrantChoiceTests {
  private let mexico = CompanyID.random()
  private let states = CompanyID.random()
  private let orders = ListID.random()
  private let items = ListID.random()
  private let item = ItemID.random()
  private var release: ListItem { ListItem(list: orders, item: item) }

  @Test("what is added joins what is there, and all takes in everything")
  func adds() throws {
    let one = Permissions(roles: [.user], companies: .only([mexico]), lists: .only([orders]))
    let more = try GrantChoice(
      roles: [.reader], companies: .only([states]), lists: .only([items]), items: [.action: .only([release])]
    ).added(to: one)
    #expect(
      more
        == Permissions(
          roles: [.user, .reader], companies: .only([mexico, states]), lists: .only([orders, items]),
          items: [.action: .only([release])]))
    let all = try GrantChoice(companies: .all, lists: .all, items: [.detail: .all]).added(to: one)
    #expect(all == Permissions(roles: [.user], companies: .all, lists: .all, items: [.detail: .all]))
    #expect(try GrantChoice(companies: .only([mexico]), lists: .only([orders])).added(to: all) == all)
  }

  @Test("an item needs its list, which may be added with it")
  func itemNeedsList() throws {
    let item = GrantChoice(items: [.action: .only([release])])
    #expect(throws: GrantChoiceProblem.itemOfUncoveredList) { try item.added(to: .none) }
    #expect(throws: GrantChoiceProblem.itemOfUncoveredList) {
      try item.added(to: Permissions(lists: .only([items])))
    }
    var both = item
    both.lists = .only([orders])
    #expect(try both.added(to: .none)[.action] == .only([release]))
    #expect(try item.added(to: Permissions(lists: .all))[.action] == .only([release]))
  }

  @Test("what is removed goes, with the items of its lists, and what is not there is left alone")
  func removes() throws {
    let all = Permissions(
      roles: [.user, .reader], companies: .only([mexico, states]), lists: .only([orders, items]),
      items: [.action: .only([release])])
    let less = try GrantChoice(roles: [.reader], companies: .only([states]), lists: .only([orders]))
      .removed(from: all)
    #expect(less == Permissions(roles: [.user], companies: .only([mexico]), lists: .only([items])))
    #expect(try GrantChoice(roles: [.reader], companies: .only([states])).removed(from: less) == less)
    #expect(try GrantChoice(companies: .all, lists: .all).removed(from: less) == Permissions(roles: [.user]))
    // An item goes before its list does.
    let both = GrantChoice(lists: .only([orders]), items: [.action: .only([release])])
    #expect(try both.removed(from: all).lists == .only([items]))
  }

  @Test("one thing can't be taken out of all, but all can")
  func partOfAll() throws {
    let all = Permissions(companies: .all, lists: .all, items: [.action: .all])
    let cases: [(GrantChoice, String)] = [
      (GrantChoice(companies: .only([mexico])), "companies"), (GrantChoice(lists: .only([orders])), "lists"),
      (GrantChoice(items: [.action: .only([release])]), "actions"),
    ]
    for (choice, things) in cases {
      #expect(throws: GrantChoiceProblem.partOfAll(things)) { try choice.removed(from: all) }
    }
    #expect(
      try GrantChoice(companies: .all, lists: .all, items: [.action: .all]).removed(from: all).isEmpty)
  }
}
