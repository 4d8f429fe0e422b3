import Access
import Administration
import ArgumentParser
import Store

struct APIUserAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an API user, maybe with a token.",
    discussion: """
      It may see nothing until it is given roles and grants, or is put into a team.

      Examples:
        popsec api-user add 'Portal Mexico' --token portal --expires 90d
        popsec api-user add 'Portal Mexico' --owner user:ada --label env=prod
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The API user's name.")
  var name: String

  @Option(help: ArgumentHelp("Add a token of this name.", valueName: "name"))
  var token: String?

  @Option(help: expiryHelp, completion: .names(.laterTimes(ends: true)))
  var expires: String?

  @OptionGroup var particulars: ParticularsOptions
  @Option(help: tokenStartHelp, completion: .names(.laterTimes(ends: false)))
  var from: String?

  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if expires != nil, token == nil { throw ValidationError("--expires is for --token only") }
    if from != nil, token == nil { throw ValidationError("--from is for --token only") }
  }

  func run() throws {
    let accountName = try Name(argument: name)
    let tokenName = try token.map { try Name(argument: $0) }
    try global.run { session in
      let now = session.administration.now
      let expiry = try ExpiryArgument.expiryOfNew(expires, now: now)
      let start = try from.map { try InstantArgument.instant($0, now: now) }
      let add = { (change: Change) in
        let account = try change.addAccount(
          .apiUser, name: accountName, particulars: try particulars.apply(change.finder))
        let token = try tokenName.map {
          try change.addToken(to: account.id, name: $0, validFrom: start, expiry: expiry)
        }
        return (account, token)
      }
      if change.dryRun { return try session.show { _ = try add($0) } }
      let (account, token) = try session.change(add)
      try tell(session, account, token)
    }
  }

  private func tell(_ session: Session, _ account: Account, _ token: Token?) throws {
    if session.isForPrograms {
      let record = try token.map { try session.record($0, of: account) }
      return try session.output.value(AccountChangeRecord(account, token: record))
    }
    try session.output.line(session.output.shown("added API user \(quoted(account.name.text))"))
    if let token { try session.tellAdded(token, of: account) }
  }
}

struct UserAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a user: a person who may log in.",
    discussion: """
      Without a role, of its own or of a team, there is nothing that they may do.

      Examples:
        popsec user add Ada --role TokenOperator --key-file ada.pub
        popsec user add Ada --role SecurityReader --unix ada --until +90d
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.")
  var name: String

  @Option(
    help: ArgumentHelp("A system role, such as TokenOperator; may be given again.", valueName: "name"),
    completion: .names(.roles))
  var role: [String] = []

  @Option(help: ArgumentHelp("A team; may be given again.", valueName: "name"), completion: .names(.teams))
  var team: [String] = []

  @OptionGroup var bounds: BoundsOptions

  @OptionGroup var keySource: PublicKeySource

  @Option(help: ArgumentHelp("The Unix account by which they are known without SSH.", valueName: "account"))
  var unix: String?

  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if !bounds.isEmpty, role.isEmpty, team.isEmpty {
      throw ValidationError("--from and --until are for --role and --team")
    }
  }

  func run() throws {
    let name = try Name(argument: name)
    let unixAccount = try unix.map(Self.unixAccount)
    let keys = try keySource.keys()
    try global.run { session in
      let bounds = try bounds.bounds(now: session.administration.now) ?? .always
      let add = { (change: Change) in
        let account = try change.addAccount(.user, name: name, unixAccount: unixAccount)
        let roles = BoundedSet(bounded: try role.map { Bounded(try change.finder.role($0), bounds) })
        try change.saveRoles(of: .account(account.id), bounded: Edit(was: [], becomes: roles))
        let teams = BoundedSet(bounded: try team.map { Bounded(try change.finder.team($0).id, bounds) })
        try change.saveTeams(of: account.id, bounded: Edit(was: [], becomes: teams))
        for key in keys { try change.addPublicKey(key, to: account.id) }
        return account
      }
      if change.dryRun { return try session.show { _ = try add($0) } }
      let account = try session.change(add)
      try session.tell(AccountChangeRecord(account), "added user \(quoted(account.name.text))")
      if !session.isForPrograms { try tellTheWayIn(account, keys, session) }
    }
  }

  private func tellTheWayIn(_ account: Account, _ keys: [SSHPublicKey], _ session: Session) throws {
    for key in keys { try session.output.line("key \(KeyFingerprint(key))") }
    let now = session.administration.now
    let authority = try session.read { try $0.authority(of: account.id) }.at(now)
    guard authority.mayEnter else {
      return try session.output.line(
        "no role lets them do anything yet: popsec user role NAME --add TokenOperator")
    }
    if !keys.isEmpty {
      try session.output.line("they come in by ssh \(authority.serviceAccount.rawValue)@this-host")
    }
  }

  static func unixAccount(_ text: String) throws(Trouble) -> UnixAccountName {
    if let name = UnixAccountName(text) { return name }
    throw Trouble(
      "\(quotedExcerpt(text)) is no name of a Unix account",
      hint: "it has 1 to 32 of a-z, A-Z, 0-9, _, - and ., and begins with a letter or _", exitStatus: .badData
    )
  }
}
