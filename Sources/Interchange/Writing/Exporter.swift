import Access
import Administration
import Store

/// Writes all that a store holds as a security file, ordered by name. Accounts are read by pages.
struct Exporter<Writer: FileWriter> {
  private var writer: Writer
  private let reader: any SecurityReader
  private let present: PresentState
  private let entries: EntryOutput
  private let now: Timestamp

  init(_ writer: Writer, _ reader: any SecurityReader, now: Timestamp) throws {
    self.writer = writer
    self.reader = reader
    self.now = now
    present = try PresentState(reader)
    entries = EntryOutput(titles: NameBook(present))
  }

  mutating func run() throws -> String {
    writer.begin()
    writer.beginCatalogue()
    section(CatalogueKey.connectors.rawValue, present.connectors, entries.connector)
    section(CatalogueKey.widgets.rawValue, present.livingWidgets, entries.widget)
    section(CatalogueKey.endpoints.rawValue, present.livingEndpoints, entries.endpoint)
    writer.endCatalogue()
    section(FileKey.roles.rawValue, present.roles, entries.role)
    try teams()
    try accounts(.apiUsers, .apiUser)
    try accounts(.users, .user)
    section(FileKey.laws.rawValue, present.laws, entries.law)
    writer.end()
    return writer.text
  }

  private mutating func section<Value>(
    _ key: String, _ values: [NameKey: Value], _ output: (Value) -> DocumentValue
  ) {
    writer.beginSection(key)
    for (_, value) in values.sorted(by: { $0.key < $1.key }) { writer.add(output(value)) }
    writer.endSection()
  }

  private mutating func teams() throws {
    writer.beginSection(FileKey.teams.rawValue)
    for (_, team) in present.teams.sorted(by: { $0.key < $1.key }) {
      writer.add(entries.team(try TeamContent(team, reader)))
    }
    writer.endSection()
  }

  private mutating func accounts(_ key: FileKey, _ kind: AccountKind) throws {
    writer.beginSection(key.rawValue)
    try reader.forEachAccount(AccountQuery(kind: kind), now: now) { account in
      let content = try AccountContent(account, tokensBy: entries.titles, reader)
      writer.add(kind == .user ? entries.user(content) : entries.apiUser(content))
    }
    writer.endSection()
  }
}
