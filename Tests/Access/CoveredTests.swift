import Access
import Testing

@Suite("What only takes away is covered by what there was") struct CoveredTests {
  private let now = Timestamp.distantPast.adding(days: 365_000)
  private let mexico = CompanyID.random()
  private let states = CompanyID.random()
  private let orders = ListID.random()

  @Test("permissions are covered where each part, and the time, is")
  func permissions() {
    let release = ListItem(list: orders, item: .random())
    let sales = Permissions(
      roles: [.user, .reader], companies: .only([mexico]), lists: .only([orders]),
      items: [.action: .only([release])], bounds: Bounds(until: now))
    func changed(_ change: (inout Permissions) -> Void) -> Permissions {
      var permissions = sales
      change(&permissions)
      return permissions
    }
    let cases: [(String, Permissions, Bool)] = [
      ("the same", sales, true), ("nothing", .none, false),
      ("nothing, for as long", changed { ($0.roles, $0.companies, $0.lists) = ([], .none, .none) }, true),
      ("a role less", changed { $0.roles = [.user] }, true),
      ("another role", changed { $0.roles.insert(.administrator) }, false),
      ("another company", changed { $0.companies = .only([states]) }, false),
      ("all companies", changed { $0.companies = .all }, false),
      ("no list", changed { $0.lists = .none }, true), ("all lists", changed { $0.lists = .all }, false),
      ("all actions", changed { $0[.action] = .all }, false),
      ("a detail", changed { $0[.detail] = .only([release]) }, false),
      ("shorter", changed { $0.bounds = Bounds(until: now.adding(days: -1)) }, true),
      ("longer", changed { $0.bounds = Bounds(until: now.adding(days: 1)) }, false),
      ("without an end", changed { $0.bounds = .always }, false),
    ]
    for (name, permissions, isCovered) in cases {
      #expect(permissions.isCovered(by: sales) == isCovered, "\(name)")
    }
    // What is over does not count.
    #expect(changed { $0.lists = .all }.isCovered(by: .none, from: now))
    #expect(
      changed { $0.bounds = Bounds(until: now.adding(days: 1)) }.isCovered(by: sales, from: now) == false)
    #expect(changed { $0.bounds = .always }.isCovered(by: sales, from: now) == false)
  }

  @Test("elements with bounds are covered where each is held for at least as long")
  func sets() throws {
    let early = Bounds(until: now)
    func set(_ held: [(Int, Bounds)]) -> BoundedSet<Int> {
      BoundedSet(bounded: held.map { Bounded($0.0, $0.1) })
    }
    let cases: [(BoundedSet<Int>, BoundedSet<Int>, Bool)] = [
      (set([]), set([]), true), (set([(1, early)]), set([(1, .always)]), true),
      (set([(1, .always)]), set([(1, early)]), false), (set([(1, early)]), set([(2, .always)]), false),
      (set([(1, early)]), set([(1, early), (2, early)]), true),
    ]
    for (set, other, isCovered) in cases { #expect(set.isCovered(by: other) == isCovered) }
    #expect(set([(1, early)]).isCovered(by: set([]), from: now))
    #expect(early.isCovered(by: .always))
    #expect(!Bounds.always.isCovered(by: early))
    #expect(try Bounds(from: now).isCovered(by: early, from: now) == false)
    #expect(early.isCovered(by: try Bounds(from: now), from: now))
  }
}
