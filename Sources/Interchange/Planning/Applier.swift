import Access
import Administration
import Store

/// Makes a store equal to a file within one transaction. Accounts are removed first, which frees their names.
/// Then the catalogue, roles and teams are added, because accounts refer to them. Then the accounts are added
/// and changed. Last goes everything to which nothing in the file refers any more.
struct Applier {
  private let file: SecurityFile
  private let change: Change
  private let draft: Draft
  private let cameBack: CameBack
  private let steps: Steps

  init(
    _ file: SecurityFile, _ change: Change, _ draft: Draft, _ cameBack: CameBack = CameBack(),
    countsLists: Bool = false, progress: @escaping (Int, Int) -> Void
  ) {
    self.file = file
    self.change = change
    self.draft = draft
    self.cameBack = cameBack
    let lists = countsLists ? (file.connectors ?? []).reduce(0) { $0 + $1.lists.count } : 0
    steps = Steps(total: draft.plan.changes.count + lists, countsLists: countsLists, progress)
  }

  func run() throws {
    try removeAccounts()
    let before = try PresentState(change.reader)
    let hadDangling = !before.danglingWidgets.isEmpty || !before.danglingEndpoints.isEmpty
    try CatalogueApplier(file, change, before, cameBack, steps).addAndChange()
    try applyRoles(before)
    try applyTeams()
    try applyAccounts()
    try removeTeamsAndRoles()
    try CatalogueApplier(file, change, try PresentState(change.reader), cameBack, steps).remove()
    // Whether anything differs afterwards is looked at with the laws in place.
    try applyLaws()
    if hadDangling || change.hasCatalogueComeBack { try settle() }
  }

  private func removeAccounts() throws {
    for id in draft.apiUsers.removed + draft.users.removed {
      try change.deleteAccount(id)
      steps.did()
    }
  }

  private func applyRoles(_ present: PresentState) throws {
    for entry in file.roles ?? [] {
      let content = RoleContent(entry)
      if let role = present.roles[entry.named.key] {
        if RoleContent(role) != content {
          try change.saveRole(role.id, Edit(was: RoleContent(role), becomes: content))
          steps.did()
        }
      } else {
        try change.addRole(content)
        steps.did()
      }
    }
  }

  private func applyTeams() throws {
    guard let entries = file.teams else { return }
    let before = try PresentState(change.reader)
    for entry in entries where before.teams[entry.named.key] == nil {
      try change.addTeam(name: entry.named.name, summary: entry.summary)
    }
    let present = try PresentState(change.reader)
    let subjects = SubjectApplier(file, change, present, cameBack)
    for entry in entries {
      guard let team = present.teams[entry.named.key] else { continue }
      let isNew = before.teams[entry.named.key] == nil
      if try subjects.apply(entry, to: team) || isNew { steps.did() }
    }
    try subjects.throwProblems()
  }

  private func applyAccounts() throws {
    try freeUnixAccounts()
    var users = draft.users
    users.changed += try addBareUsers()
    let subjects = SubjectApplier(file, change, try PresentState(change.reader, for: file), cameBack)
    for (section, accounts) in [(FileSection.users, users), (.apiUsers, draft.apiUsers)] {
      let entries = file.entries(of: section) ?? []
      for changed in accounts.changed {
        try subjects.apply(entries[changed.entry], to: changed.id)
        steps.did()
      }
    }
    for index in draft.apiUsers.added {
      try subjects.addAPIUser((file.apiUsers ?? [])[index])
      steps.did()
    }
    try subjects.throwProblems()
  }

  /// Adds the new users first, because they may own API users and tokens.
  private func addBareUsers() throws -> [(id: AccountID, entry: Int)] {
    guard let users = file.users, !draft.users.added.isEmpty else { return [] }
    let subjects = SubjectApplier(file, change, try PresentState(change.reader), cameBack)
    return try draft.users.added.map { (try subjects.addBareUser(users[$0]), $0) }
  }

  /// Takes Unix accounts that pass from one user to another from all their former users first.
  private func freeUnixAccounts() throws {
    for changed in draft.users.changed {
      guard let account = try change.reader.account(changed.id), account.unixAccount != nil,
        account.unixAccount != file.users?[changed.entry].unixAccount?.value
      else { continue }
      let was = AccountGeneral(account)
      let becomes = AccountGeneral(name: was.name, isEnabled: was.isEnabled)
      try change.saveGeneral(changed.id, Edit(was: was, becomes: becomes))
    }
  }

  /// Laws are checked when all of the transaction is done, so that it does not matter for them when they are applied.
  private func applyLaws() throws {
    guard let entries = file.laws else { return }
    let present = try PresentState(change.reader).laws
    let kept = Set(entries.map(\.named.key))
    for (key, law) in present.sorted(by: { $0.key < $1.key }) where !kept.contains(key) {
      try change.removeLaw(named: law.name)
      steps.did()
    }
    for entry in entries {
      if let law = present[entry.named.key] {
        guard law != entry.law else { continue }
        try change.changeLaw(Edit(was: law, becomes: entry.law))
      } else {
        try change.addLaw(entry.law)
      }
      steps.did()
    }
  }

  private func removeTeamsAndRoles() throws {
    let present = try PresentState(change.reader)
    if let teams = file.teams {
      let kept = Set(teams.map(\.named.key))
      for (key, team) in present.teams.sorted(by: { $0.key < $1.key }) where !kept.contains(key) {
        try change.deleteTeam(team.id)
        steps.did()
      }
    }
    if let roles = file.roles {
      let kept = Set(roles.map(\.named.key))
      for (key, role) in present.roles.sorted(by: { $0.key < $1.key }) where !kept.contains(key) {
        try change.deleteRole(role.id)
        steps.did()
      }
    }
  }

  /// Settles what came back. An entry that comes back to the catalogue brings back the grants that name it, and so does
  /// a widget or an endpoint that has its list again, so that the store may differ from the file again. The remaining
  /// changes are made here, after which there must be no difference. Where nothing came back, nothing can differ: what is
  /// new was named by nobody.
  private func settle() throws {
    guard draft.plan.bringsCatalogue else { return }
    let rest = try Planner(file, change.reader, now: change.now, cameBack).draft()
    guard !rest.plan.isEmpty else { return }
    try Applier(file, change, rest, cameBack) { _, _ in }.settleOnce()
  }

  private func settleOnce() throws {
    try CatalogueApplier(file, change, try PresentState(change.reader), cameBack, steps).addAndChange()
    try applyTeams()
    try applyAccounts()
    guard try Planner(file, change.reader, now: change.now, cameBack).draft().plan.isEmpty else {
      throw Trouble(
        "the store can't be made equal to \(file.name)", hint: "nothing was changed; please report this",
        exitStatus: .software)
    }
  }
}

extension Plan {
  /// Whether the plan adds something to the catalogue, so that something may come back.
  var bringsCatalogue: Bool {
    changes.contains { change in
      [.connectors, .widgets, .endpoints].contains(change.section) && change.kind != .removed
    }
  }
}

/// The widgets and endpoints that came back to the catalogue while a file was applied. Tokens that were
/// limited to them stay limited, because the plan could not announce that this limit would be lifted.
final class CameBack {
  var widgets: Set<WidgetID> = []
  var endpoints: Set<EndpointID> = []

  /// The catalogue without these widgets and endpoints.
  func taken(from titles: NameBook) -> NameBook {
    var titles = titles
    for id in widgets { titles.widgets[id] = nil }
    for id in endpoints { titles.endpoints[id] = nil }
    return titles
  }
}

/// Counts the entries that are done, for the progress.
final class Steps {
  /// Whether each list of a connector counts, and not only the connector.
  let countsLists: Bool
  private let total: Int
  private var done = 0
  private let progress: (Int, Int) -> Void

  init(total: Int, countsLists: Bool = false, _ progress: @escaping (Int, Int) -> Void) {
    self.total = total
    self.countsLists = countsLists
    self.progress = progress
    progress(0, total)
  }

  func did() {
    done += 1
    progress(min(done, total), total)
  }
}
