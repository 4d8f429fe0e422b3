import Access
import Administration
import ArgumentParser
import CMallocCount
import SQLiteStore
import Sealing
import Store

/// Measures `decide` alone, and checks through a store.
struct DecideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide", abstract: "Measure deciding, alone and through a store of `generate`.")

  @Option(help: ArgumentHelp("A store to check in as well.", valueName: "folder"))
  var store: String?

  func run() throws {
    print("| decide() alone | ns p50 | ns p99 | allocations |\n|---|---|---|---|")
    for (teams, grants) in [(5, 20), (9, 10), (999, 1_000)] {
      let question = try DecisionSample(teams: teams, grants: grants).question
      let (times, allocations) = Self.measure(question)
      print(
        "| a user in \(teams) teams with \(grants) grants | \(shown(times.percentile(0.5))) "
          + "| \(shown(times.percentile(0.99))) | \(allocations) |")
    }
    if let store { try measure(inStore: store) }
  }

  /// Nanoseconds a call, each the mean of a hundred calls in a row: the clock takes as long as a call.
  private static func measure(_ question: AccessQuestion) -> (times: [Double], allocations: UInt64) {
    var allowed = 0
    let times = (0..<1_000).map { _ in
      let stopwatch = Stopwatch()
      for _ in 0..<100 where decide(question).isAllowed { allowed += 1 }
      return stopwatch.microseconds * 10
    }
    let before = popsec_allocation_count()
    let decision = decide(question)
    let allocations = popsec_allocation_count() - before
    precondition(allowed == 100_000 && decision.isAllowed)
    return (times, allocations)
  }

  private func measure(inStore folder: String) throws {
    let store = try SQLiteStore.open(StoreFolder(path: folder), now: Surroundings.system.now())
    let administration = Administration(
      store: store, keys: .ephemeral(),
      operating: Operator(
        actor: Actor(name: "bench", frontEnd: .commandLine), permissions: Set(Permission.allCases)))
    let accounts = try administration.read { reader in
      try reader.accounts(AccountQuery(kind: .apiUser), .first, limit: 1_000, now: administration.now).rows
    }
    guard let connector = try administration.read({ try $0.connectors().first }),
      let list = try administration.read({ try $0.lists(of: connector.id).first })
    else { throw Failure("the store has no connector with a list") }
    let requests = accounts.map { row in
      CheckRequest(
        asker: .account(AccountReference(.apiUser, .named(row.account.name))),
        surface: .api(.id(connector.id)),
        list: .id(list.id))
    }
    let session = CheckerSession(administration)
    let single = try requests.map { request in
      let stopwatch = Stopwatch()
      _ = try session.check { try $0.check(request) }
      return stopwatch.microseconds
    }
    let stopwatch = Stopwatch()
    try session.check { checker in
      for _ in 0..<10 { for request in requests { _ = try checker.check(request) } }
    }
    let batch = stopwatch.microseconds / Double(requests.count * 10)
    let lookups = Stopwatch()
    try administration.read { reader in
      for _ in 0..<10 { for row in accounts { _ = try reader.account(row.account.id) } }
    }
    let lookup = lookups.microseconds / Double(requests.count * 10)
    print("| through the store | µs |\n|---|---|")
    print("| a check, a read transaction each, p50 | \(shown(single.percentile(0.5))) |")
    print("| a check, p99 | \(shown(single.percentile(0.99))) |")
    print("| a check, all in one read transaction, mean | \(shown(batch)) |")
    print("| SQLite's point look-up of an account by id, in one read transaction, mean | \(shown(lookup)) |")
  }
}

/// A user, its teams, and grants on as many connectors as it takes: one for each subject and connector.
struct DecisionSample {
  let question: AccessQuestion

  init(teams count: Int, grants: Int) throws {
    let (account, connector) = (AccountID.random(), ConnectorID.random())
    let companies = (0..<4).map { _ in CompanyID.random() }
    let lists = (0..<10).map { _ in ListID.random() }
    let teams = (0..<count).map { _ in TeamID.random() }
    let subjects = [SubjectID.account(account)] + teams.map { .team($0) }
    let others = (0..<grants).map { _ in ConnectorID.random() }
    let all = (0..<grants).map { number in
      // The one that covers it comes last of those on the connector.
      let isLast = number == min(grants, subjects.count) - 1
      return Grant(
        id: .random(), subject: subjects[number % subjects.count],
        connector: number < subjects.count ? connector : others[number],
        permissions: Permissions(
          roles: [.user], companies: .only(Set(isLast ? companies : [companies[1]])), lists: .only(Set(lists))
        ))
    }
    let role = HeldRole(role: .builtIn(.apiReader), holder: .account(account), permissions: [.apiCall])
    question = AccessQuestion(
      request: AccessRequest(
        surface: .api(.found(connector)), company: .found(companies[0]), list: .found(lists[5])),
      access: SubjectAccess(
        subject: .account(account), kind: .apiUser, teams: teams.map { Bounded($0) }, roles: [role],
        grants: all),
      catalogue: CatalogueFacts(
        connector: connector, hasCompanies: true, companies: [companies[0]], lists: [lists[5]]),
      now: .distantPast)
  }
}
