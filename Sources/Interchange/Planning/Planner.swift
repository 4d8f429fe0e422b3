import Access
import Administration
import Store

/// Finds what has to change for a store to be as a file says. The planner only reads.
struct Planner {
  let file: SecurityFile
  let reader: any SecurityReader
  let now: Timestamp
  let present: PresentState
  let resolver: Resolver
  /// The catalogue that tells which limits of tokens are hidden.
  let known: NameBook
  /// Counts the accounts of the file that have been looked at.
  let steps: Steps
  private let problems = Problems()

  init(
    _ file: SecurityFile, _ reader: any SecurityReader, now: Timestamp, _ cameBack: CameBack = CameBack(),
    present: PresentState? = nil, progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws {
    steps = Steps(
      total: (file.apiUsers?.count ?? 0) + (file.users?.count ?? 0), progress)
    self.file = file
    self.reader = reader
    self.now = now
    self.present = try present ?? PresentState(reader, for: file)
    known = cameBack.taken(from: NameBook(self.present))
    resolver = Resolver(
      directory: Directory(file, self.present), present: self.present, problems: problems)
  }

  var titles: NameBook { resolver.directory.titles }

  /// Makes the plan. Errors: ``SecurityFileErrors``, ``StoreError``.
  func draft() throws -> Draft {
    var changes = try connectors() + widgets() + endpoints() + roles()
    changes += try teams()
    var draft = Draft()
    changes += try accounts(.apiUser, &draft.apiUsers)
    changes += try accounts(.user, &draft.users)
    changes += laws()
    checkAddresses()
    try AdministratorCheck(file, present, reader, now: now).run(problems)
    try throwProblems()
    draft.plan = Plan(changes: changes)
    return draft
  }

  func throwProblems() throws(SecurityFileErrors) {
    guard problems.list.isEmpty else {
      throw SecurityFileErrors(fileName: file.name, problems: problems.list)
    }
  }

  private func connectors() throws -> [PlannedChange] {
    guard let entries = file.connectors else { return [] }
    var list = ChangeList(.connectors, present.connectors.mapValues(\.connector.name))
    for entry in entries {
      let before = present.connectors[entry.named.key]
      list.add(
        entry.named, isThere: before != nil,
        entry.words(before) + (try openings(entry, before)) + (try revivals(entry, before)))
    }
    return list.finish()
  }

  private func widgets() -> [PlannedChange] {
    guard let entries = file.widgets else { return [] }
    var list = ChangeList(.widgets, present.livingWidgets.mapValues(\.name))
    for entry in entries {
      let before = present.widgets[entry.named.key]
      guard let after = resolver.widget(entry, id: before?.id ?? .random()) else { continue }
      list.add(entry.named, isThere: before != nil, titles.words(before, after))
    }
    return list.finish()
  }

  private func endpoints() -> [PlannedChange] {
    guard let entries = file.endpoints else { return [] }
    var list = ChangeList(.endpoints, present.livingEndpoints.mapValues(\.name))
    for entry in entries {
      let before = present.endpoints[entry.named.key]
      guard let after = resolver.endpoint(entry, id: before?.id ?? .random()) else { continue }
      list.add(entry.named, isThere: before != nil, titles.words(before, after))
    }
    return list.finish()
  }

  private func roles() -> [PlannedChange] {
    guard let entries = file.roles else { return [] }
    var list = ChangeList(.roles, present.roles.mapValues(\.name))
    for entry in entries {
      let before = present.roles[entry.named.key]
      let words = titles.words(before.map { RoleContent($0) }, RoleContent(entry))
      list.add(entry.named, isThere: before != nil, words)
    }
    return list.finish()
  }

  private func teams() throws -> [PlannedChange] {
    guard let entries = file.teams else { return [] }
    var list = ChangeList(.teams, present.teams.mapValues(\.name))
    for entry in entries {
      let before = try present.teams[entry.named.key].map { try TeamContent($0, reader) }
      let after = resolver.team(entry)
      list.add(
        entry.named, isThere: before != nil, titles.words(before, after),
        widened: before.map { titles.widened($0, after, from: now) } ?? [])
    }
    return list.finish()
  }

  private func laws() -> [PlannedChange] {
    guard let entries = file.laws else { return [] }
    var list = ChangeList(.laws, present.laws.mapValues(\.name))
    for entry in entries {
      let before = present.laws[entry.named.key]
      list.add(entry.named, isThere: before != nil, entry.law.words(before))
    }
    return list.finish()
  }

  /// Reports two addresses, one in the file and one in the store, that a request could equally mean.
  private func checkAddresses() {
    guard (file.widgets == nil) != (file.endpoints == nil) else { return }
    let widgets =
      file.widgets.map { $0.map(Addressed.init) } ?? present.livingWidgets.values.map(Addressed.init)
    let endpoints =
      file.endpoints.map { $0.map(Addressed.init) } ?? present.livingEndpoints.values.map(Addressed.init)
    Addressed.reportAmbiguous(widgets + endpoints, problems)
  }
}

/// A plan with the accounts that it changes, so that these need not be searched for again.
struct Draft {
  struct Accounts {
    /// The indexes of the new accounts in the file's section.
    var added: [Int] = []
    var changed: [(id: AccountID, entry: Int)] = []
    var removed: [AccountID] = []
  }

  var plan = Plan(changes: [])
  var apiUsers = Accounts()
  var users = Accounts()
}

/// Collects the changes of one section. It knows the store's names.
struct ChangeList {
  private let section: FileSection
  private var absent: [NameKey: Name]
  private var changes: [(key: NameKey, change: PlannedChange)] = []
  private let names: [NameKey: Name]

  init(_ section: FileSection, _ present: [NameKey: Name]) {
    self.section = section
    names = present
    absent = present
  }

  /// Adds an entry of the file. A present entry without field changes is not listed.
  mutating func add(
    _ named: Named, isThere: Bool, _ fields: [FieldChange], widened: [FieldChange] = []
  ) {
    absent[named.key] = nil
    if !isThere {
      changes.append((named.key, PlannedChange(section, .added, named.name.text, fields)))
    } else if !fields.isEmpty {
      let name = names[named.key] ?? named.name
      changes.append((named.key, PlannedChange(section, .changed, name.text, fields, widened: widened)))
    }
  }

  /// All changes by name. The store's entries that the file lacks are removals.
  func finish() -> [PlannedChange] {
    let removed = absent.map { (key: $0, change: PlannedChange(section, .removed, $1.text)) }
    return (changes + removed).sorted { $0.key < $1.key }.map(\.change)
  }
}
