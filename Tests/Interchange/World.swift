import Access

@testable import Interchange

/// A random security file that is valid by itself and against an empty store.
struct World {
  private var generator: SplitMix
  private(set) var text = ""

  /// Names as people give them, and such as YAML 1.1 takes for something else.
  static let names = [
    "NO", "yes", "~", "null", "1.0", "0x1F", "1e3", "2027-02-21", "12:30:00", "- dash", "a: b", "a #b", "#x",
    "'q'", "\"q\"", "{a}", "[b]", "&a", "*a", "!t", "%d", "@x", "`y", "|", ">", "?", "=", "<<", "Ação",
    "Müller",
    "東京", "e\u{301}t\u{E9}", "👩‍💻", "a\\b", "tru", "all", "x  y", ".inf", "true", "-", "_",
  ]

  init(seed: UInt64) {
    generator = SplitMix(state: seed)
    write()
  }

  private mutating func write() {
    let companies = some(3)
    let lists = some(4)
    let roles = some(2).map { "role " + $0 }
    let teams = some(3)
    text =
      "popsec: 1\ncatalogue:\n  connectors:\n    - name: \(quoted("C"))\n      companies: \(flow(companies))\n      lists:\n"
    for list in lists {
      text +=
        "        - {name: \(quoted(list)), group: \(quoted(pick(Self.names))), actions: \(flow(some(2))), details: [d]}\n"
    }
    text += "  widgets:\n"
    for (index, list) in lists.enumerated() {
      text +=
        "    - {name: \(quoted(list)), url: 'https://e.org/w\(index)', connector: C, lists: [\(quoted(list))], open: \(flag()), enabled: \(flag()), parameters: {company: c}}\n"
    }
    text +=
      "  endpoints: [{name: e, url: 'https://e.org/e/{id}', connector: C, list: \(quoted(lists[0])), methods: [GET, POST], match: \(pick(["exact", "prefix"]))}]\n"
    text += "roles:\n"
    for role in roles {
      text +=
        "  - {name: \(quoted(role)), description: \(quoted(pick(Self.names))), permissions: [api.call]}\n"
    }
    text += "teams:\n"
    for team in teams {
      text += "  - {name: \(quoted(team)), roles: \(flow(roles)), grants: [\(grant(companies, lists))]}\n"
    }
    text += "apiUsers:\n"
    for name in some(6) { text += account(name, teams, roles, companies, lists) }
    text += "users:\n  - {name: root, roles: [Administrator], unix: root, tokens: []}\n"
  }

  private mutating func account(
    _ name: String, _ teams: [String], _ roles: [String], _ companies: [String], _ lists: [String]
  ) -> String {
    let tokens = some(2).map { token in
      "{name: \(quoted(token)), expires: \(pick(["never", "2026-01-01", "2028-01-01T10:00:00Z"])), "
        + "disabled: \(flag()), widgets: \(flow(Array(lists.prefix(1)))), networks: [10.0.0.0/8], ratePerMinute: 5}"
    }
    return "  - {name: \(quoted(name)), enabled: \(flag()), teams: \(flow(teams)), roles: \(flow(roles)), "
      + "grants: [\(grant(companies, lists))], tokens: [\(tokens.joined(separator: ", "))]}\n"
  }

  private mutating func grant(_ companies: [String], _ lists: [String]) -> String {
    let details = pick(["all", "[]", "[{list: \(quoted(lists[0])), name: d}]"])
    return "{connector: C, roles: \(pick(["[User]", "[]", "[Reader, Administrator]"])), "
      + "companies: \(pick(["all", flow(companies)])), lists: \(pick(["all", flow(lists)])), details: \(details)}"
  }

  /// At least one name, each once.
  private mutating func some(_ most: Int) -> [String] {
    Array(Self.names.shuffled(using: &generator).prefix(Int.random(in: 1...most, using: &generator)))
  }

  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }
  private mutating func flag() -> String { pick(["true", "false"]) }
  private func flow(_ names: [String]) -> String { "[" + names.map(quoted).joined(separator: ", ") + "]" }
  private func quoted(_ text: String) -> String { YamlText.quoted(text) }
}

/// Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
