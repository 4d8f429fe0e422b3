import Access
import Testing

@Suite struct EffectiveAccessTests {
  let world = DecisionWorld()

  private var whole: Located {
    Located(connector: world.central, companies: world.companies, lists: world.lists)
  }

  private func items() throws -> [ListID: [Item]] {
    let name = try Name("any")
    return Dictionary(
      grouping: world.items.map { Item(id: $0.item, list: $0.list, kind: .action, name: name) }, by: \.list)
  }

  @Test("effective access lists exactly what is allowed, by brute force over the catalogue")
  func isExact() throws {
    let items = try items()
    let pairs = AccessBlock(companies: world.companies, lists: world.lists).pairs
    for seed in 0..<2_000 as Range<UInt64> {
      var random = RandomQuestions(seed: seed)
      let access = random.access()
      let effective = effectiveAccess(
        of: access, on: whole, items: items, widgets: [try world.widget()], at: world.now)
      for pair in pairs {
        let isListed = !effective.givers(of: pair).isEmpty && effective.reachable.includes(pair.list)
        #expect(try isListed == world.isAllowed(pair, nil, to: access), "seed \(seed)")
        for item in world.items where item.list == pair.list {
          let isGiven = !effective.givers(of: item.item, pair).isEmpty
          let isListed = isGiven && effective.reachable.includes(pair.list)
          #expect(try isListed == world.isAllowed(pair, item, to: access), "seed \(seed)")
        }
        #expect(
          effective.lists(of: pair.company, in: whole).contains(pair.list)
            == !effective.givers(of: pair).isEmpty)
      }
      let companies = world.companies.filter { !effective.lists(of: $0, in: whole).isEmpty }
      #expect(effective.companies(of: whole) == companies, "seed \(seed)")
    }
  }

  @Test("a disabled user reaches nothing; a disabled widget opens no list")
  func reach() throws {
    let items = try items()
    let disabled = world.access(world.sales, isEnabled: false)
    #expect(
      effectiveAccess(of: disabled, on: whole, items: items, widgets: [], at: world.now).reachable == .none)
    let byWidget = world.access(world.sales, roles: [.widgetReader])
    let cases: [(Bool, Set<ListID>)] = [(true, [world.orders, world.invoices]), (false, [])]
    for (isEnabled, lists) in cases {
      let widgets = [try world.widget(isEnabled: isEnabled)]
      let reach = effectiveAccess(
        of: byWidget, on: whole, items: items, widgets: widgets, at: world.now
      ).reachable
      #expect(reach == Reach(isAPIOpen: false, widgetLists: lists))
    }
  }

  @Test("a contradiction gives nothing, and is reported")
  func contradiction() throws {
    let foreign = world.grant(world.sales, of: .team(world.otherTeam))
    let access = world.access(world.sales, more: [foreign])
    let effective = effectiveAccess(
      of: access, on: whole, items: try items(), widgets: [], at: world.now)
    #expect(effective.isEmpty)
    #expect(effective.inconsistency == .grantOfAnother(foreign.id))
  }
}
