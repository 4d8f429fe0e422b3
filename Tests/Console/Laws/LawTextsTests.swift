import Access
import Administration
import Testing

@testable import Console

@Suite("What a law's page says is what the law says")
struct LawTextsTests {
  private static let clock = Clock(now: ScreenWorld.now)
  /// Names that are hard to write among others.
  private static let hard = [
    "A", "all", "ALL", "a; b", "\"x\"", "A \"x\" B", "team: Ops", "label:x", "x=y", "A: B", "Größe & Söhne",
    "none", "until", "東京", ";", ":", "=", "x\"",
  ]

  private static func law(_ number: UInt64) throws -> Law<AsWritten> {
    var random = SplitMix64(state: number)
    func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
    func names() throws -> Set<Name> {
      Set(try (0..<Int.random(in: 1...4, using: &random)).map { _ in try Name(pick(hard)) })
    }
    func covered() throws -> Coverage<Name> { Bool.random(using: &random) ? .all : .only(try names()) }
    func selection(_ hasLabels: Bool) throws -> LawSelection<AsWritten> {
      switch Int.random(in: 0...(hasLabels ? 3 : 2), using: &random) {
      case 0: .all
      case 1: .named(try names())
      case 2: .members(try names())
      default: .labelled(try Labels([Label("env=prod"), Label(pick(["kind=portal", "x=y"]))]))
      }
    }
    func part() throws -> LawWhat<AsWritten> {
      let lists = try covered()
      var items: [ItemKind: Coverage<LawItem<AsWritten>>] = [:]
      for kind in ItemKind.allCases where Bool.random(using: &random) {
        let known = try lists.only.map(Array.init) ?? Array(names())
        let listed = known.sorted { $0.text < $1.text }
        items[kind] = try pick([.all, .only([LawItem(list: pick(listed), item: Name(pick(hard)))])])
      }
      return try LawWhat(
        connector: Name(pick(hard)), companies: covered(), lists: lists, items: items)
    }
    let who = try LawWho(
      apiUsers: selection(true), users: Bool.random(using: &random) ? selection(false) : nil)
    let form: LawForm<AsWritten> =
      switch pick(LawKind.allCases) {
      case .never: .never(who, try part())
      case .apart: .apart(who, try part(), try part())
      case .within: .within(who, try Name(pick(hard)))
      case .tokens:
        .tokens(who, try TokenDemands(maximumDays: pick([nil, 1, 365]), isExpiring: true, unusedDays: 90))
      case .owned: try .owned(checked: LawWho(apiUsers: selection(true)))
      }
    let exceptions = try Dictionary(
      uniqueKeysWithValues: names().map { ($0, ScreenWorld.now.adding(days: 30)) })
    return try Law(
      name: Name(pick(hard)), reason: Summary(pick(["", "a; reason \"x\""])),
      mode: pick(LawMode.allCases), form: form, exceptions: pick([[:], exceptions]))
  }

  @Test("every law can be written in the fields of its page", arguments: 0..<500 as Range<UInt64>)
  func roundTrip(number: UInt64) throws {
    let law = try Self.law(number)
    let draft = LawDraft(law)
    #expect(try draft.law() == law)
    var written = LawDraft(.never)
    for field in LawDraft.fields({ Self.clock }) {
      #expect(field.put(field.kept(draft), into: &written), "\(field.label): \(field.kept(draft))")
    }
    #expect(try written.named(law.name).law() == law)
  }

  @Test(
    "what people type is read",
    arguments: [
      ("all", "all"), ("  ALL ", "all"), ("Portal ; Shop", "Portal; Shop"),
      ("team:Ops;Sales", "team: Ops; Sales"),
      ("Label: env=prod", "label: env=prod"), ("\"all\"; b", "\"all\"; b"), (";;a;", "a"),
    ])
  func selections(typed: String, kept: String) throws {
    #expect(LawTexts.text(try LawTexts.selection(typed)) == kept)
  }

  @Test(
    "what can't be read says why",
    arguments: [
      ("\"a", "a quote does not end"), ("\"a\" b", "something stands behind a quote"),
      ("team:", "a team is missing"),
      ("label:", "a label is missing"), ("label: X", "="), ("a\u{1}b", ""),
    ])
  func wrong(typed: String, said: String) {
    do throws(Problem) {
      let read = try LawTexts.selection(typed)
      Issue.record("\(String(describing: read))")
    } catch { #expect(said.isEmpty || error.line.contains(said), "\(error.line)") }
  }

  @Test(
    "an item names its list, and an exception its end",
    arguments: ["Sales Orders", "Sales Orders:", ": Release"])
  func items(typed: String) {
    #expect(throws: Problem.self) { try LawTexts.items(typed) }
    #expect(throws: Problem.self) { try LawTexts.exceptions("Portal", Self.clock) }
    #expect(throws: Problem.self) { try LawTexts.exceptions("Portal = soon", Self.clock) }
  }
}
