import Access
import Administration
import ArgumentParser
import Sealing

struct TokenDecoy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decoy", abstract: "Make a Token ID that gives away whoever presents it.",
    discussion: """
      It adds an API user without access, with a token, whose names look like those that you have. They stand in the \
      lists like any other; only a file with the keys tells that the token is a decoy. A gate denies a decoy like an \
      unknown token, and raises a notice with where it came from. Nobody is shown the Token ID, so whoever presents it \
      holds the store and its seal key. With --planted nothing is added: the Token ID is printed once, to be put where \
      only somebody finds it who should not look there. Resources/docs/decoys.md tells what decoys find and what not.

      Examples:
        popsec token decoy
        popsec token decoy --api-user 'Portal Peru' --token portal --label env=prod
        popsec token decoy --planted 'page VPN of the wiki'
        popsec token decoy --list
      """)

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp(
      "The name of the API user that is added.", discussion: "Else one like those in the store.",
      valueName: "name"))
  var apiUser: String?

  @Option(
    help: ArgumentHelp(
      "The name of the API user's token.", discussion: "Else one like those in the store.", valueName: "name")
  )
  var token: String?

  @Option(help: expiryHelp, completion: .names(.laterTimes(ends: true)))
  var expires: String?

  @OptionGroup var particulars: ParticularsOptions

  @Option(
    help: ArgumentHelp(
      "Print a Token ID to be planted, of which the store has nothing. The place is told when it is presented.",
      valueName: "place"))
  var planted: String?

  @Flag(help: "List the decoys.")
  var list = false

  @Option(
    help: ArgumentHelp(
      "Take out the decoy with this id, which --list prints: its Token ID is as any other then.",
      valueName: "id"))
  var remove: String?

  func validate() throws {
    if let planted, planted.allSatisfy(\.isWhitespace) {
      throw ValidationError("name the place after --planted, as in --planted 'page VPN of the wiki'")
    }
    let modes = [planted != nil, list, remove != nil].count { $0 }
    guard modes <= 1 else { throw ValidationError("--planted, --list and --remove exclude each other") }
    let isAdding = apiUser != nil || token != nil || expires != nil || !particulars.isEmpty
    guard modes == 0 || !isAdding else {
      throw ValidationError(
        "what is said about an API user and its token needs neither --planted, --list nor --remove")
    }
  }

  func run() throws {
    let location = try global.location()
    guard location.keyPlace != .credentials else {
      throw Trouble(
        "systemd's credentials are copies: decoys are kept with the keys themselves",
        hint: "name their folder with --keys", exitStatus: .usage)
    }
    let keys = location.trustedKeys
    try global.run { session in
      if list { return try session.listDecoys(keys) }
      if let remove { return try session.removeDecoy(remove, keys) }
      if let planted { return try session.plantDecoy(at: try Name(argument: planted), keys) }
      try add(session, keys)
    }
  }

  private func add(_ session: Session, _ keys: KeyFolder) throws {
    var wish = DecoyWish(
      account: try apiUser.map { try Name(argument: $0) }, token: try token.map { try Name(argument: $0) },
      expiry: try ExpiryArgument.expiryOfNew(expires, now: session.administration.now))
    wish.particulars = { try particulars.apply($0.finder) }
    let (decoy, account, token) = try session.changing { try $0.addDecoy(wish, in: keys) }
    let record = DecoyRecord(decoy: decoy, holder: TokenOwner(account: account, token: token))
    try session.tell(
      record,
      "added API user \(quoted(account.name.text)) with the token \(quoted(token.name.text)), a decoy: give it no access, "
        + "and nobody its Token ID")
  }
}

extension Session {
  fileprivate func listDecoys(_ keys: KeyFolder) throws {
    let decoys = try administration.decoys(in: keys)
    if decoys.isEmpty, !isForPrograms { return try output.line("there are no decoys") }
    try list(decoys.map { DecoyRecord(decoy: $0.decoy, holder: $0.holder) })
  }

  fileprivate func plantDecoy(at place: Name, _ keys: KeyFolder) throws {
    let (decoy, tokenID) = try changing {
      try $0.plantDecoy(at: place, in: keys, onto: output.isTerminal ? .terminal : .output)
    }
    guard isForPrograms else {
      try output.line(tokenID.revealed)
      try output.flush()
      return Asking.say("this is shown once, and kept nowhere: plant it at \(quoted(place.text))")
    }
    try output.value(DecoyRecord(decoy: decoy, holder: nil, tokenID: tokenID))
  }

  fileprivate func removeDecoy(_ text: String, _ keys: KeyFolder) throws {
    let found = try administration.decoys(in: keys).first { $0.decoy.id.description == text }
    guard let found else {
      throw Trouble(
        "there is no decoy \(quotedExcerpt(text))", hint: "popsec token decoy --list shows their ids",
        exitStatus: .noInput)
    }
    try changing { try $0.removeDecoy(found.decoy.id, in: keys) }
    try tell(
      DecoyRecord(decoy: found.decoy, holder: found.holder),
      "\(quoted(found.decoy.name)) is no decoy any more"
        + (found.holder == nil ? "" : ": its token is one like any other, so revoke it where nobody needs it")
    )
  }
}

/// A decoy. A planted one has its Token ID when it is made, and never again.
struct DecoyRecord: Record {
  let decoy: Decoy
  /// The API user and the token as they are now; nil where the store does not have them.
  let holder: TokenOwner?
  var tokenID: TokenID?

  static let columns: [Column<Self>] = [
    Column("id", "Id") { $0.decoy.id.description },
    // The value is `sealed` or `planted`.
    Column("kind", "Kind") { $0.decoy.isPlanted ? "planted" : "sealed" },
    Column("apiUser", "API user") { $0.holder?.account.name.text },
    Column("token", "Token") { $0.holder?.token.name.text },
    Column("name", "Made as, or planted at") { $0.decoy.name },
    Column("made", "Made (UTC)", { $0.decoy.madeAt.printed }) { $0.decoy.madeAt.minute },
    .dataIfAny("tokenID") { $0.tokenID?.revealed },
  ]
}
