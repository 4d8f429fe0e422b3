import Access
import Store
import TestSupport
import Testing

@Suite struct CatalogueTests {
  @Test("entries are read as they were inserted, each kind in its order", arguments: Engine.all)
  func isRead(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let sample = try SampleCatalogue()
    let other = Connector(id: .random(), name: try Name("a connector"))
    try fixture.write { writer in
      try sample.insert(into: writer)
      try writer.insert(other)
    }
    try fixture.read { reader throws in
      #expect(try reader.connectors() == [other, sample.connector])
      #expect(try reader.connector(sample.connector.id) == sample.connector)
      #expect(try reader.connector(named: Sample.key("BUSINESS CENTRAL")) == sample.connector)
      #expect(try reader.companies(of: sample.connector.id) == sample.companies)
      #expect(try reader.lists(of: sample.connector.id) == sample.lists)
      #expect(try reader.items(of: sample.connector.id) == sample.items)
      #expect(try reader.widgets() == [sample.widget])
      #expect(try reader.widget(sample.widget.id) == sample.widget)
      #expect(try reader.endpoints() == [sample.endpoint])
      #expect(try reader.endpoint(sample.endpoint.id) == sample.endpoint)
      let counts = CatalogueCounts(companies: 2, lists: 2, items: 3)
      #expect(try reader.catalogueCounts(of: sample.connector.id) == counts)
      #expect(try reader.catalogueCounts(of: other.id) == CatalogueCounts(companies: 0, lists: 0, items: 0))
    }
  }

  @Test("an entry of a deleted name comes back under its old id, with what is new", arguments: Engine.all)
  func revives(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let old = try SampleCatalogue()
    try fixture.write { writer in
      try old.insert(into: writer)
      try writer.delete(old.widget.id, .start)
      try writer.delete(old.endpoint.id, .start)
      try writer.delete(old.connector.id, .start)
      #expect(try writer.connectors().isEmpty)
      #expect(try writer.widgets().isEmpty)
      #expect(try writer.endpoints().isEmpty)
      #expect(try writer.lists(of: old.connector.id).isEmpty)
      #expect(try writer.items(of: old.connector.id).isEmpty)

      let connector = Connector(id: .random(), name: try Name("BUSINESS central"))
      #expect(try writer.insert(connector) == old.connector.id)
      #expect(try writer.connectors().map(\.name.text) == ["BUSINESS central"])
      #expect(try writer.companies(of: old.connector.id).isEmpty, "companies do not come by themselves")
      let company = Company(id: .random(), connector: old.connector.id, name: try Name("mx"))
      #expect(try writer.insert(company) == old.companies[0].id)
      let list = CatalogueList(
        id: .random(), connector: old.connector.id, name: old.lists[0].name, group: try Name("New"))
      #expect(try writer.insert(list) == old.lists[0].id)
      #expect(try writer.lists(of: old.connector.id).first?.group?.text == "New")
      let item = Item(id: .random(), list: old.lists[0].id, kind: .detail, name: old.items[1].name)
      #expect(try writer.insert(item) == old.items[1].id)
      let widget = Widget(
        id: .random(), name: old.widget.name, address: old.widget.address, connector: old.connector.id,
        lists: [old.lists[0].id])
      #expect(try writer.insert(widget) == old.widget.id)
      #expect(try writer.widget(old.widget.id)?.parameters == [:])
      let endpoint = Endpoint(
        id: .random(), name: old.endpoint.name, address: old.endpoint.address, connector: old.connector.id,
        list: old.lists[0].id)
      #expect(try writer.insert(endpoint) == old.endpoint.id)
      #expect(try writer.endpoint(old.endpoint.id)?.methods == [.get])
      #expect(try writer.endpoint(old.endpoint.id)?.match == .prefix)
    }
  }

  @Test("a living name is taken within its parent", arguments: Engine.all)
  func namesAreTaken(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let (one, two) = (try SampleCatalogue("One"), try SampleCatalogue("Two"))
    try fixture.write { writer in
      try one.insert(into: writer)
      // The same names of companies, lists and items, in another connector.
      try two.insert(into: writer)
    }
    let attempts: [(any StoreWriter) throws -> Void] = [
      { try $0.insert(Connector(id: .random(), name: try Name("ONE"))) },
      { try $0.insert(Company(id: .random(), connector: one.connector.id, name: try Name("mx"))) },
      {
        try $0.insert(
          CatalogueList(id: .random(), connector: one.connector.id, name: one.lists[0].name, group: nil))
      },
      { try $0.insert(Item(id: .random(), list: one.lists[0].id, kind: .action, name: one.items[0].name)) },
      {
        try $0.insert(
          Widget(
            id: .random(), name: one.widget.name, address: one.widget.address, connector: one.connector.id,
            lists: []))
      },
      {
        try $0.insert(
          Endpoint(
            id: .random(), name: one.endpoint.name, address: one.endpoint.address,
            connector: one.connector.id, list: one.lists[0].id))
      },
    ]
    for attempt in attempts { #expect(throws: StoreError.self) { try fixture.write(attempt) } }
    // The same name as another kind of item is another item.
    _ = try fixture.write {
      try $0.insert(Item(id: .random(), list: one.lists[0].id, kind: .detail, name: one.items[0].name))
    }
  }

  @Test("updates replace what can change", arguments: Engine.all)
  func updates(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let sample = try SampleCatalogue()
    var (connector, company, list, item) = (
      sample.connector, sample.companies[0], sample.lists[0], sample.items[0]
    )
    var (widget, endpoint) = (sample.widget, sample.endpoint)
    connector.name = try Name("BC")
    company.name = try Name("Mexico")
    list.name = try Name("Orders")
    list.group = nil
    item.name = try Name("Post")
    widget.lists = []
    widget.parameters = [.detail: "d"]
    widget.isEnabled = true
    widget.isOpen = false
    endpoint.methods = []
    endpoint.match = .prefix
    endpoint.address = try AddressTemplate("https://example.com/api({key})/{id}")
    endpoint.list = sample.lists[1].id
    try fixture.write { writer in
      try sample.insert(into: writer)
      try writer.update(connector)
      try writer.update(company)
      try writer.update(list)
      try writer.update(item)
      try writer.update(widget)
      try writer.update(endpoint)
      #expect(try writer.connector(connector.id) == connector)
      #expect(try writer.companies(of: connector.id).contains(company))
      #expect(try writer.lists(of: connector.id).contains(list))
      #expect(try writer.items(of: connector.id).contains(item))
      #expect(try writer.widget(widget.id) == widget)
      #expect(try writer.endpoint(endpoint.id) == endpoint)
    }
  }
}
