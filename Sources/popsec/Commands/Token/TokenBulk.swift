import Access
import Administration
import ArgumentParser
import Store

struct TokenBulk: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulk", abstract: "Do something with many tokens at once.",
    discussion: """
      The plan is shown first, and it asks for the count to be typed. All of it is done in one transaction, with a \
      row in the audit log for each, or nothing. Revoked tokens, and those that are like that already, are left out.

      Examples:
        popsec token bulk revoke --where 'unused>180d' --dry-run
        popsec token bulk set-expiry --expires 30d --where 'ends<14d label:env=prod'
        popsec token bulk disable --id 1qjob8hhi3e5e --id 2f7k0p3m9c1d4 --yes
      """)

  /// What is to be done.
  enum Verb: String, CaseIterable, ExpressibleByArgument {
    case enable, disable, revoke
    case setExpiry = "set-expiry"
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("What to do.", valueName: "action"))
  var verb: Verb

  @Option(
    help: ArgumentHelp(
      "With the token of this id, as token list shows it; may be given again.", valueName: "id"))
  var id: [String] = []

  @Flag(help: "With all tokens.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "When the tokens end, for set-expiry: never, a number of days as in 30d, or a date.", valueName: "when"),
    completion: .names(.laterTimes(ends: true)))
  var expires: String?

  @OptionGroup var filter: FilterOptions<WhereTokens>
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    guard [!id.isEmpty, filter.isGiven, all].count(where: { $0 }) == 1 else {
      throw ValidationError("say with which tokens: by one of --id, --where and --all")
    }
    guard (expires != nil) == (verb == .setExpiry) else {
      throw ValidationError("set-expiry needs --expires, and nothing else takes it")
    }
  }

  func run() throws {
    Interruption.begin()
    try global.run { session in
      let action = try action(session)
      try session.carryOut(
        change, planning: { try action.plan(on: targets(session), session.administration) },
        words: TokenBulkWords.init, record: TokenBulkRecord.init)
    }
  }

  /// Errors: ``Trouble`` for what is no time.
  private func action(_ session: Session) throws -> TokenBulkAction {
    switch verb {
    case .enable: .enable
    case .disable: .disable
    case .revoke: .revoke
    case .setExpiry:
      .setExpiry(try ExpiryArgument.expiry(expires, now: session.administration.now) ?? .never)
    }
  }

  /// The tokens that are meant. Where one id is unknown, nothing is done with any.
  private func targets(_ session: Session) throws -> TokenBulkTargets {
    if all { return .matching(TokenQuery()) }
    guard filter.isGiven else {
      return .these(try session.find { finder in Set(try id.map { try finder.token(id: $0).1.id }) })
    }
    let written = try filter.written()
    if written.asksForUses { try session.administration.requireUses() }
    return .matching(try session.find { TokenQuery(conditions: try $0.conditions.all(written)) })
  }
}

extension TokenBulkAction {
  /// The verb as scripts read it.
  fileprivate var verb: TokenBulk.Verb {
    switch self {
    case .enable: .enable
    case .disable: .disable
    case .revoke: .revoke
    case .setExpiry: .setExpiry
    }
  }
}

/// What was, or would be, done with many tokens, as JSON. Scripts rely on the keys.
struct TokenBulkRecord: PrintedObject {
  let plan: TokenBulkPlan
  /// Nil where it could not be computed.
  let effect: AccessEffect?
  /// Whether the change was made.
  let isDone: Bool

  init(_ plan: TokenBulkPlan, _ effect: AccessEffect?, isDone: Bool) {
    (self.plan, self.effect, self.isDone) = (plan, effect, isDone)
  }

  static let columns: [Column<Self>] = [
    .data("action") { Word($0.plan.action.verb) },
    // The number of tokens that were meant, including those that need no change.
    .data("meant") { $0.plan.meantCount },
    // The ids of the tokens that need a change.
    .data("tokens") { $0.plan.ids.map(\.description) },
    .data("applied") { $0.isDone },
    .data("effect") { $0.effect.map(EffectRecord.init) },
  ]
}
