import Access
import Testing

/// Step 5.
@Suite struct CatalogueStepTests {
  let world = DecisionWorld()

  private func failure(_ question: AccessQuestion) -> CatalogueFailure? {
    let decision = decide(question)
    guard case .failed(let failure) = decision.catalogue else { return nil }
    #expect(decision.deniedStep == .catalogue)
    return failure
  }

  private func unknown(_ surface: RequestedSurface) -> AccessQuestion {
    AccessQuestion(
      request: AccessRequest(surface: surface, list: .unknown), access: world.access(world.sales),
      catalogue: .nothing, now: world.now)
  }

  @Test("a surface that isn't there is denied")
  func unknownSurfaces() {
    #expect(failure(unknown(.widget(.unknown))) == .unknownWidget)
    #expect(failure(unknown(.endpoint(.unknown, .get))) == .unknownEndpoint)
    #expect(failure(unknown(.api(.unknown))) == .unknownConnector)
  }

  @Test("a disabled widget or endpoint is denied, and the grants are looked at all the same")
  func disabled() throws {
    let access = world.access(world.sales)
    #expect(failure(try world.askWidget(access, isEnabled: false)) == .disabledWidget(world.widgetID))
    #expect(decide(try world.askWidget(access, isEnabled: false)).grant.passes)
    #expect(failure(try world.askEndpoint(access, isEnabled: false)) == .disabledEndpoint(world.endpointID))
  }

  @Test("an endpoint takes its methods, and HEAD as GET")
  func methods() throws {
    let access = world.access(world.sales)
    let post = try #require(HTTPMethod(rawValue: "POST"))
    let head = try #require(HTTPMethod(rawValue: "HEAD"))
    #expect(failure(try world.askEndpoint(access, method: post)) == .methodNotTaken(world.endpointID, post))
    #expect(decide(try world.askEndpoint(access, method: head)).isAllowed)
  }

  @Test("a list that the widget or endpoint does not have is denied")
  func foreignLists() throws {
    let access = world.access(world.sales)
    #expect(
      failure(try world.askWidget(access, list: world.purchases))
        == .listNotOfWidget(world.widgetID, world.purchases))
    #expect(
      failure(try world.askEndpoint(access, list: world.invoices))
        == .listNotOfEndpoint(world.endpointID, world.invoices))
    #expect(decide(try world.askEndpoint(access, list: world.orders)).isAllowed)
  }

  @Test("a company on a connector that has none is denied; without one condition b always holds")
  func withoutCompanies() {
    let permissions = Permissions(roles: [.user], lists: .only([world.documents]))
    let grant = world.grant(permissions, of: .account(world.user), on: world.files)
    var question = AccessQuestion(
      request: AccessRequest(surface: .api(.found(world.files)), list: .found(world.documents)),
      access: world.access(nil, more: [grant]),
      catalogue: CatalogueFacts(connector: world.files, lists: [world.documents]), now: world.now)
    #expect(decide(question).pairs == [AccessPair(company: nil, list: world.documents)])
    question.request.company = .unknown
    #expect(failure(question) == .connectorWithoutCompanies(world.files))
  }

  @Test("unknown companies, lists and items are denied")
  func unknownParts() throws {
    let access = world.access(world.sales)
    var company = world.askAPI(access, company: world.mexico, list: world.orders)
    company.request.company = .unknown
    company.catalogue.companies = []
    #expect(failure(company) == .unknownCompany)
    var list = world.askAPI(access, list: world.orders)
    list.request.list = .unknown
    list.catalogue.lists = []
    #expect(failure(list) == .unknownList)
    #expect(
      failure(world.askAPI(access, list: world.orders, item: world.item([], kind: .detail)))
        == .unknownItem(.detail))
    #expect(
      failure(try world.askWidget(access, list: world.invoices, item: world.item([world.items[0]])))
        == .unknownItem(.action))
  }

  @Test("a widget's request that names an item but no list means the lists that have it")
  func itemWithoutList() throws {
    let permissions = Permissions(
      roles: [.user], companies: .all, lists: .all, items: [.action: .all])
    let decision = decide(
      try world.askWidget(world.access(permissions), item: world.item([world.items[2]])))
    #expect(decision.located?.lists == [world.invoices])
    #expect(decision.pairs.map(\.list) == [world.invoices, world.invoices])
  }

  @Test("a widget of which all lists left the catalogue is denied; one of which some left is not")
  func leftLists() throws {
    let access = world.access(world.sales)
    var question = try world.askWidget(access)
    question.catalogue.lists = [world.invoices]
    #expect(decide(question).pairs == [AccessPair(company: world.mexico, list: world.invoices)])
    question.catalogue.lists = []
    #expect(failure(question) == .noListLeft)
  }

  @Test("the API asked for no list is denied")
  func noList() {
    var question = world.askAPI(world.access(world.sales), list: world.orders)
    question.request.list = nil
    #expect(failure(question) == .noList)
  }

  @Test("a catalogue that is not what was asked for is a denial that says so")
  func contradictions() throws {
    let access = world.access(world.sales)
    var otherConnector = try world.askWidget(access)
    otherConnector.catalogue.connector = world.files
    var noWidget = try world.askWidget(access)
    noWidget.catalogue.widget = nil
    var otherCompany = world.askAPI(access, company: world.mexico, list: world.orders)
    otherCompany.catalogue.companies = [world.states]
    var otherList = world.askAPI(access, list: world.orders)
    otherList.catalogue.lists = [world.invoices]
    var companiesOfNone = world.askAPI(access, list: world.orders)
    companiesOfNone.catalogue.hasCompanies = false
    var noCompanies = world.askAPI(access, list: world.orders)
    noCompanies.catalogue.companies = []
    let contradictions = [otherConnector, noWidget, otherCompany, otherList, companiesOfNone, noCompanies]
    for question in contradictions {
      #expect(decide(question).catalogue == .inconsistent(.otherCatalogue))
      #expect(decide(question).deniedStep == .catalogue)
      #expect(smallestChanges(for: question) == .none)
    }
  }
}
