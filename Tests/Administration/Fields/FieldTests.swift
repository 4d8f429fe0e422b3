import Access
import Testing

@testable import Administration

@Suite("A thing's fields are described once")
struct FieldTests {
  private func keys<Value: Described>(_ type: Value.Type) -> [[String]] {
    [Value.fields.map(\.key), Value.fields.map(\.auditKey), Value.fields.map(\.label)]
  }

  @Test("no two fields of a thing have one key or one label")
  func unique() {
    let all =
      keys(AccountGeneral.self) + keys(TeamGeneral.self) + keys(RoleContent.self) + keys(TokenTerms.self)
      + keys(Permissions.self) + keys(CatalogueList.self) + keys(Item.self) + keys(Widget.self)
      + keys(Endpoint.self)
    for keys in all { #expect(Set(keys).count == keys.count, "\(keys)") }
  }

  @Test("taking back a change keeps what others changed of other fields")
  func merges() throws {
    let was = TeamGeneral(name: try Name("A"), summary: try Summary("a"))
    let became = TeamGeneral(name: try Name("B"), summary: try Summary("a"))
    let present = TeamGeneral(name: try Name("B"), summary: try Summary("theirs"))
    #expect(
      try present.takingBack(was, became) == TeamGeneral(name: try Name("A"), summary: try Summary("theirs")))
    #expect(throws: ChangedMeanwhile.self) {
      try TeamGeneral(name: try Name("C"), summary: .empty).takingBack(was, became)
    }
  }

  @Test("a limit of a token is not taken back where another limit changed since")
  func limits() throws {
    let (widget, endpoint) = (WidgetID.random(), EndpointID.random())
    func terms(_ limits: TokenLimits) throws -> TokenTerms {
      TokenTerms(name: try Name("portal"), expiry: .never, limits: limits)
    }
    let was = try terms(TokenLimits(widgets: [widget]))
    let became = try terms(TokenLimits(widgets: [widget], endpoints: [endpoint]))
    #expect(try became.takingBack(was, became) == was)
    let present = try terms(TokenLimits(endpoints: [endpoint]))
    #expect(throws: ChangedMeanwhile.self) { try present.takingBack(was, became) }
  }

  @Test("an audit row tells what differs, and of what is new only what there is")
  func audit() throws {
    let empty = TeamGeneral(name: try Name("A"), summary: .empty)
    let described = TeamGeneral(name: try Name("A"), summary: try Summary("sells"))
    #expect(try AuditDetails(nil, empty).json == #"{"name":{"after":"A"}}"#)
    #expect(
      try AuditDetails(empty, described).json == #"{"description":{"after":"sells","before":""}}"#)
    #expect(AuditDetails(empty, empty).isEmpty)
  }

  @Test("a grant is described by names, and by ids where the book has none")
  func grants() throws {
    let (company, list) = (CompanyID.random(), ListID.random())
    let item = Item(id: .random(), list: list, kind: .listAction, name: try Name("Export"))
    var names = NameBook()
    names.lists[list] = try Name("Orders")
    names.items[item.id] = item
    let permissions = Permissions(
      roles: [.user], companies: .only([company]), lists: .all,
      items: [.listAction: .only([ListItem(list: list, item: item.id)]), .detail: .all])
    let words = Permissions.fields.map { [$0.key, $0.words(permissions, names).joined(separator: ", ")] }
    #expect(
      words == [
        ["roles", "User"], ["companies", company.description], ["lists", "all"], ["actions", ""],
        ["details", "all"], ["listActions", "Orders: Export"], ["from", ""], ["until", ""],
      ])
    #expect(Permissions.fields.first { $0.key == "listActions" }?.auditKey == "list actions")
  }
}
