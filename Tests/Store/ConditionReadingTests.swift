import Access
import Store
import Testing

@Suite("Conditions are read")
struct ConditionReadingTests {
  private static let month = "2026-11-23"

  private func read(_ text: String, _ kind: ListedKind = .tokens) throws -> WrittenConditions {
    try WrittenConditions(text, of: kind)
  }

  @Test(
    "plain words are a part of the name, and the text alone is taken as it stands",
    arguments: [
      ("", nil), ("Portal", "portal"), (" Sales  MX ", " sales  mx "), ("10:30", "10:30"), ("a.b:c", "a.b:c"),
      ("\"Sales: MX\"", "sales: mx"), ("sales state:live  mx", "sales mx"), ("-x", "-x"), (":", ":"),
      ("<3", "<3"),
      ("\"\"", nil), ("state:live", nil), ("é", "e"), ("\"a \\\" b\"", "a \" b"), ("a=b=c", "a=b=c"),
    ])
  func names(text: String, expected: String?) throws {
    #expect(try read(text).names == expected.flatMap { SearchText($0) }.map { [$0] } ?? [])
  }

  @Test("a word is a condition with its value, quoted where the value has blanks")
  func values() throws {
    let cases: [(String, ListedKind, WrittenCondition)] = [
      ("team:sales", .tokens, WrittenCondition(.team, .name(try Name("sales")))),
      ("TEAM:\"Sales MX\"", .users, WrittenCondition(.team, .name(try Name("Sales MX")))),
      ("team:Sales\" \"MX", .grants, WrittenCondition(.team, .name(try Name("Sales MX")))),
      ("team:\"a\\\\b\\\"\"", .grants, WrittenCondition(.team, .name(try Name("a\\b\"")))),
      ("user:a:b", .tokens, WrittenCondition(.user, .name(try Name("a:b")))),
      ("api-user:portal", .grants, WrittenCondition(.apiUser, .name(try Name("portal")))),
      ("owner:", .apiUsers, WrittenCondition(.owner, .owner(.nobody))),
      ("owner:none", .apiUsers, WrittenCondition(.owner, .owner(.nobody))),
      ("owner:user:ada", .tokens, WrittenCondition(.owner, .owner(.user(try Name("ada"))))),
      ("owner:\"ops team\"", .tokens, WrittenCondition(.owner, .owner(.either(try OwnerText("ops team"))))),
      ("label:env=prod", .tokens, WrittenCondition(.label, .label(try Label("env=prod")))),
      ("env=prod", .tokens, WrittenCondition(.label, .label(try Label("env=prod")))),
      ("label:env", .apiUsers, WrittenCondition(.label, .labelKey("env"))),
      ("state:notYetValid", .tokens, WrittenCondition(.state, .state(.token(.notYetValid)))),
      ("state:\"not yet valid\"", .tokens, WrittenCondition(.state, .state(.token(.notYetValid)))),
      ("state:Disabled", .tokens, WrittenCondition(.state, .state(.token(.disabled)))),
      ("state:disabled", .users, WrittenCondition(.state, .state(.isEnabled(false)))),
      ("state:in-force", .grants, WrittenCondition(.state, .state(.inForce))),
      ("state:open", .widgets, WrittenCondition(.state, .state(.open))),
      ("kind:widget", .catalogue, WrittenCondition(.kind, .kind(.catalogue(.widget)))),
      ("network:", .tokens, WrittenCondition(.network, .network(nil))),
      ("network:10.0.0.0/8", .tokens, WrittenCondition(.network, .network(Network("10.0.0.0/8")))),
      ("ends<14d", .tokens, WrittenCondition(.ends, .time(.less(.span(try TimeSpan("14d")))))),
      ("unused>90d", .apiUsers, WrittenCondition(.unused, .time(.more(.span(try TimeSpan("90d")))))),
      ("used:never", .tokens, WrittenCondition(.used, .time(.never))),
      ("ends:NEVER", .grants, WrittenCondition(.ends, .time(.never))),
      (
        "created:2026-11-23", .teams,
        WrittenCondition(.created, .time(.day(.start.adding(seconds: -43_200))))
      ),
      ("created>2026-11-23T12:00:00Z", .teams, WrittenCondition(.created, .time(.more(.instant(.start))))),
    ]
    for (text, kind, expected) in cases {
      #expect(try read(text, kind).conditions == [expected], "\(text)")
      var negated = expected
      negated.isNegated = true
      if text.contains(":") || text.contains("<") || text.contains(">") {
        #expect(try read("-" + text, kind).conditions == [negated], "-\(text)")
      }
    }
    #expect(try read("env=prod", .users).names == [try #require(SearchText("env=prod"))])
  }

  @Test(
    "what can't be read is refused in words, which repeat no Token ID and no long text",
    arguments: [
      ("ends<14x", ListedKind.tokens, "“14x” is no time"), ("ends:14d", .tokens, "“14d” is no time"),
      ("ends<", .tokens, "the condition “ends” has no value"), ("ends<1", .tokens, "“1” is no time"),
      ("ends<0d", .tokens, "“0d” is no time"),
      ("ends<99999999999999999999d", .tokens, "“99999999999999999999d” is"),
      ("ends<2026-02-30", .tokens, "is no time"), ("created:never", .tokens, "“never” is no time"),
      ("created:2026-11-23T12:00:00Z", .tokens, "is no time"), ("unused>2026-11-23", .tokens, "is no age"),
      ("unused:90d", .tokens, "the condition “unused” is not written so"),
      ("team<sales", .tokens, "the condition “team” is not written so"),
      ("team:", .tokens, "the condition “team” has no value"), ("team:\" \"", .tokens, "must not be empty"),
      ("ends<14d", .teams, "teams have no condition “ends”"),
      ("label:a=b", .users, "users have no condition “label”"),
      ("state:live", .users, "“live” is no state of users"), ("state:open", .users, "“open” is no state"),
      ("stat:live", .tokens, "tokens have no condition “stat”"),
      ("http://x", .widgets, "no condition “http”"),
      ("network:10.0.0.1/8", .tokens, "is no network"), ("label:Env=x", .tokens, "the key of a label"),
      ("owner:user:", .tokens, "must not be empty"), ("\"team", .tokens, "a quote is opened"),
      ("team:\"a", .tokens, "a quote is opened"), ("kind:token", .catalogue, "is no kind"),
      ("ends<pst_0123456789abcdefghijABCDEFGHIJ01234567ab", .tokens, "is no time"),
    ])
  func refused(text: String, kind: ListedKind, message: String) throws {
    let problem = try #require(throws: ConditionProblem.self) { try read(text, kind) }
    #expect(problem.message.contains(message), "\(problem.message)")
    #expect(problem.message.first?.isUppercase == false && problem.hint?.isEmpty == false)
    #expect(problem.exitStatus == .badData)
  }

  @Test("the hint names the nearest condition, or all that the list can be asked")
  func hints() throws {
    #expect(#expect(throws: ConditionProblem.self) { try read("stat:live") }?.hint == "did you mean “state”?")
    let teams = #expect(throws: ConditionProblem.self) { try read("ends<14d", .teams) }
    #expect(teams?.hint == "teams can be asked by: role, created")
    let state = #expect(throws: ConditionProblem.self) { try read("state:x", .users) }
    #expect(state?.hint == "write state:enabled, state:disabled")
  }

  @Test("a text is bounded: 1000 characters and 20 conditions, in one text or in several together")
  func bounds() throws {
    #expect(try read(String(repeating: "a", count: 1_000)).names.count == 1)
    for text in [String(repeating: "a", count: 1_001), "a" + String(repeating: "\u{301}", count: 1_000_000)] {
      #expect(#expect(throws: ConditionProblem.self) { try read(text) } == .tooLong)
    }
    let twenty = String(repeating: "state:live ", count: 20)
    var conditions = try read(twenty)
    #expect(conditions.conditions.count == 20)
    #expect(#expect(throws: ConditionProblem.self) { try read(twenty + "state:live") } == .tooMany)
    #expect(throws: ConditionProblem.self) { try conditions.add(try read("state:live")) }
  }

  @Test("nothing that is typed ends the program", arguments: 0..<200)
  func nonsense(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let pieces = [
      "\"", "\\", ":", "<", ">", "-", "team", "ends", "state:", "owner:", "label", "14d", "=", " ", "\n", "é",
      "\u{202E}",
      "🧑‍🚀", "\u{0}", "api-user:", "user:", "2026-", "%", "'", "--",
    ]
    let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
    for kind in ListedKind.allCases {
      do { _ = try read(text, kind) } catch {
        let problem = error as? ConditionProblem
        #expect(problem?.message.isEmpty == false && problem?.hint?.isEmpty == false)
      }
    }
  }

  @Test("every example of every condition can be read", arguments: ListedKind.allCases)
  func examples(kind: ListedKind) throws {
    let rules = ConditionRule.rules(of: kind)
    #expect(Set(rules.map(\.key)).count == rules.count && !rules.isEmpty)
    for rule in rules {
      for example in rule.examples(in: kind) {
        let conditions = try read(example.replacing("NAME", with: "x").replacing("TEXT", with: "y"), kind)
          .conditions
        #expect(conditions.map(\.key) == [rule.key], "\(example)")
      }
    }
  }

  @Test("times are told from now, and ages back from now")
  func ranges() throws {
    let now = Timestamp.start
    let (hour, day) = (Int64(3_600), Int64(86_400))
    let cases: [(String, [Int64], [Int64])] = [
      ("ends<1d", [1, day], [-1, 0, day + 1]), ("ends>1d", [day + 1], [day, 0, -day]),
      ("ends<2026-11-24T12:00:00Z", [1, day - 1], [0, day]),
      ("ends<2026-11-22T12:00:00Z", [-day - 1], [-day, 0]),
      ("ends>2026-11-24T12:00:00Z", [day], [day - 1]), ("created<1h", [0, 1 - hour], [-hour]),
      ("created>1h", [-hour], [1 - hour, 0]), ("created<2026-11-23T12:00:00Z", [-1], [0]),
      ("created>2026-11-23T12:00:00Z", [0], [-1]),
      ("created:2026-11-23", [-12 * hour, 12 * hour - 1], [12 * hour]),
    ]
    for (text, inside, outside) in cases {
      let condition = try #require(try read(text).conditions.first)
      guard case .time(let time) = condition.value, let range = time.range(condition.key, now) else {
        Issue.record("\(text) asks for no time")
        continue
      }
      for second in inside { #expect(range.contains(now.adding(seconds: second)), "\(text) \(second)") }
      for second in outside { #expect(!range.contains(now.adding(seconds: second)), "\(text) \(second)") }
    }
  }
}
