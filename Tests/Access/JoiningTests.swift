import Access
import Testing

@Suite("Two grants on one connector are joined")
struct JoiningTests {
  private static let mexico = CompanyID.random()
  private static let states = CompanyID.random()
  private static let orders = ListID.random()
  private static let items = ListID.random()
  private static let release = ListItem(list: orders, item: .random())
  private static let count = ListItem(list: items, item: .random())
  private static let now = Timestamp.distantPast.adding(days: 365_000)

  private static func until(_ seconds: Int64) -> Bounds { Bounds(until: now.adding(seconds: seconds)) }

  private static let sales = Permissions(roles: [.user], companies: .only([mexico]), lists: .only([orders]))

  private static func changed(_ change: (inout Permissions) -> Void) -> Permissions {
    var permissions = sales
    change(&permissions)
    return permissions
  }

  private static let cases: [(what: String, one: Permissions, other: Permissions, joined: Permissions?)] = [
    ("nothing is added", sales, .none, sales),
    ("what is over adds nothing", sales, changed { ($0.lists, $0.bounds) = (.all, until(-1)) }, sales),
    (
      "the wider one covers the other", sales, changed { ($0.companies, $0.lists) = (.all, .all) },
      changed { ($0.companies, $0.lists) = (.all, .all) }
    ),
    (
      "other companies for the same lists", sales, changed { $0.companies = .only([states]) },
      changed { $0.companies = .only([mexico, states]) }
    ),
    (
      "other lists for the same companies", sales, changed { $0.lists = .only([items]) },
      changed { $0.lists = .only([orders, items]) }
    ),
    (
      "other companies and other lists", sales,
      changed {
        ($0.companies, $0.lists) = (.only([states]), .only([items]))
      }, nil
    ),
    ("data for what was without data", sales, changed { ($0.roles, $0.lists) = ([.reader], .all) }, nil),
    (
      "Administrator gives all of it", sales, changed { ($0.roles, $0.lists) = ([.administrator], .none) },
      changed { $0.roles = [.user, .administrator] }
    ),
    (
      "another role for the same", sales, changed { $0.roles = [.reader] },
      changed { $0.roles = [.user, .reader] }
    ),
    (
      "all items, of other lists", changed { $0[.action] = .all },
      changed {
        ($0.lists, $0[.action]) = (.only([orders, items]), .only([count]))
      }, nil
    ),
    (
      "for longer", changed { $0.bounds = until(5) }, changed { $0.bounds = until(9) },
      changed { $0.bounds = until(9) }
    ),
    (
      "for longer, and other lists", changed { $0.bounds = until(5) }, changed { $0.lists = .only([items]) },
      nil
    ),
  ]

  @Test("one grant is made of both where it gives no more than both", arguments: cases)
  func joins(what: String, one: Permissions, other: Permissions, joined: Permissions?) {
    #expect(one.joined(with: other, from: Self.now) == joined, "\(what)")
    if joined == nil { #expect(other.joined(with: one, from: Self.now) == nil, "\(what)") }
  }

  @Test(
    "bounds are joined where no time lies between them",
    arguments: [
      (nil, 5, 3, 9, (nil, 9)), (nil, 5, 5, nil, (nil, nil)), (2, 5, 1, 3, (1, 5)),
      (2, 5, nil, nil, (nil, nil)),
      (nil, 5, 6, 9, nil), (6, 9, nil, 5, nil), (nil, -3, 6, 9, (6, 9)), (6, 9, nil, -3, (6, 9)),
    ] as [(Int64?, Int64?, Int64?, Int64?, (Int64?, Int64?)?)])
  func bounds(from: Int64?, until: Int64?, otherFrom: Int64?, otherUntil: Int64?, joined: (Int64?, Int64?)?)
    throws
  {
    func bounds(_ from: Int64?, _ until: Int64?) throws -> Bounds {
      try Bounds(
        from: from.map { Self.now.adding(seconds: $0) }, until: until.map { Self.now.adding(seconds: $0) })
    }
    let found = try bounds(from, until).joined(with: try bounds(otherFrom, otherUntil), from: Self.now)
    #expect(found == (try joined.map { try bounds($0.0, $0.1) }))
  }

  @Test("whatever is joined, the result gives what the two give, at each instant, and nothing else")
  func givesTheSame() throws {
    var random = SeededGenerator(seed: 7)
    var joinedCount = 0
    for round in 0..<20_000 {
      let (one, other) = (try Self.any(&random), try Self.any(&random))
      guard let joined = one.joined(with: other, from: Self.now) else { continue }
      joinedCount += 1
      for question in Self.questions {
        #expect(
          joined.gives(question) == (one.gives(question) || other.gives(question)),
          "round \(round): \(question)")
      }
    }
    #expect(joinedCount > 2_000)
  }

  struct Question {
    let company: CompanyID
    let list: ListID
    let item: ListItem?
    let instant: Timestamp
  }

  /// All questions, also those about a company, a list and an action that are added later.
  private static let questions: [Question] = {
    let later = ListID.random()
    let pairs: [(ListID, [ListItem])] = [
      (orders, [release, ListItem(list: orders, item: .random())]), (items, [count]),
      (later, [ListItem(list: later, item: .random())]),
    ]
    return [mexico, states, .random()].flatMap { company in
      pairs.flatMap { list, items in
        ([nil] + items).flatMap { item in
          (0...5).map {
            Question(company: company, list: list, item: item, instant: now.adding(seconds: $0))
          }
        }
      }
    }
  }()

  private static func any(_ random: inout SeededGenerator) throws -> Permissions {
    func coverage<Element>(_ some: [Element]) -> Coverage<Element> {
      Int.random(in: 0..<4, using: &random) == 0
        ? .all : .only(Set(some.filter { _ in Bool.random(using: &random) }))
    }
    let bounds: [Bounds] = [
      .always, .always, .always, until(2), try Bounds(from: now.adding(seconds: 2)),
      try Bounds(from: now.adding(seconds: 3), until: now.adding(seconds: 5)),
    ]
    let roles: [Set<ConnectorRole>] = [
      [.user], [.user], [.user], [.reader], [.user, .reader], [.administrator],
    ]
    return Permissions(
      roles: roles.randomElement(using: &random) ?? [], companies: coverage([mexico, states]),
      lists: coverage([orders, items]), items: [.action: coverage([release, count])],
      bounds: bounds.randomElement(using: &random) ?? .always)
  }
}

extension Permissions {
  fileprivate func gives(_ question: JoiningTests.Question) -> Bool {
    guard bounds.contains(question.instant) else { return false }
    if roles.contains(.administrator) { return true }
    return roles.contains(.user) && companies.covers(question.company) && lists.covers(question.list)
      && (question.item.map { self[.action].covers($0) } ?? true)
  }
}
