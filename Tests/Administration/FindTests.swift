import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite("Things are found by parts of their names", .onEachEngine)
struct FindTests {
  private let world: CheckScene

  init() throws { world = try CheckScene() }

  private func find(
    _ text: String, limit: Int = 50, _ administration: Administration? = nil
  ) throws -> [FoundThing] {
    try (administration ?? world.scene.administration).find(try #require(FindText(text)), limit: limit)
  }

  @Test("of every kind, whole names first, and each once")
  func kinds() throws {
    let sales = try find("sales")
    #expect(sales.first?.name == "Sales" && sales.first?.kind == .widget)
    #expect(sales.first?.of == "Business Central")
    #expect(Set(sales.map(\.kind)).isSuperset(of: [.widget, .team, .list]))
    #expect(Set(sales).count == sales.count)
    #expect(try find("mexico portal").map(\.kind) == [.apiUser])
    let token = try #require(try find("PORTAL").first)
    #expect(token.id == .token(world.token.id, of: world.user.id, .apiUser) && token.of == "Portal Mexico")
    #expect(try find("orders").first?.kind == .endpoint)
    #expect(try find("business").map(\.kind) == [.connector])
    #expect(try find("widgetreader").first?.idText == "WidgetReader")
    #expect(try find("sales", limit: 1) == [sales[0]])
    #expect(try find("zzz").isEmpty)
  }

  @Test("and of each kind no more than asked for")
  func bounded() throws {
    let sales = try find("sales")
    let text = try #require(FindText("sales"))
    let bounded = try world.scene.administration.find(text, limit: 50, perKind: 1)
    #expect(
      Set(bounded.map(\.kind)) == Set(sales.map(\.kind)) && bounded.count == Set(sales.map(\.kind)).count)
    #expect(bounded.first == sales.first)
    #expect(try world.scene.administration.find(text, limit: 50, perKind: -1).isEmpty)
  }

  @Test("and only where the operator may see them", arguments: Permission.allCases)
  func rights(permission: Permission) throws {
    let administration = world.scene.administration(only: [permission])
    switch permission {
    case .securityRead: #expect(try find("portal", administration).contains { $0.kind == .token })
    case .widgetsAddToken, .widgetsManage:
      let kinds = Set(
        try ["sales", "portal", "orders", "mexico"].flatMap { try find($0, administration) }.map(\.kind))
      #expect(kinds.isSubset(of: [.connector, .list, .widget, .endpoint]) && kinds.contains(.widget))
    default:
      #expect(throws: AdministrationError.notPermitted(.securityRead)) { try find("portal", administration) }
    }
  }
}
