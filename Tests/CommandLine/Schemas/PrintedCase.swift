import Access
import Administration
import Testing

/// A command that prints records for programs, and the schema of what it prints.
struct PrintedCase: CustomTestStringConvertible, Sendable {
  let arguments: [String]
  /// The name of the schema of what is printed, or of each element.
  let schema: String
  /// Whether an array is printed.
  let isList: Bool
  /// What is done before, so that there is something to print.
  let before: [[String]]
  var input = ""
  var status: Int32 = 0

  var testDescription: String { arguments.joined(separator: " ") }

  static func one(
    _ schema: String, _ arguments: [String], before: [[String]] = [], input: String = "", status: Int32 = 0
  ) -> PrintedCase {
    PrintedCase(
      arguments: arguments, schema: schema, isList: false, before: before, input: input, status: status)
  }

  static func list(
    _ schema: String, _ arguments: [String], before: [[String]] = [], input: String = "", status: Int32 = 0
  ) -> PrintedCase {
    PrintedCase(
      arguments: arguments, schema: schema, isList: true, before: before, input: input, status: status)
  }

  /// The commands that print no record, each with what they print instead.
  static let without: [String: String] = [
    "console": "a terminal", "demo": "a terminal", "export": "the security file", "completions": "a script",
    "ssh authorized-keys": "lines for sshd", "clipboard test": "a terminal", "gate serve": "its log",
    "gate jwks": "a JSON Web Key Set", "notify send": "CloudEvents", "audit export": "lines of audit-row",
    "schema": "a schema, or the list of them, which the test of schemas reads",
  ]

  /// The commands that can't be run here, each with the reason.
  static let untried: [String: String] = [
    "setup": "it makes accounts and changes sshd", "token copy": "it needs a terminal's clipboard",
    "ssh setup": "it tells of the machine's sshd", "store share": "it gives files to another group",
    "gate accept-rollback": "the store has to go back under a gate",
  ]

  /// The commands that tests of their own run, because more has to be done before.
  static let elsewhere: Set = [
    "denials", "inbox agree", "inbox decline", "inbox list", "inbox propose", "inbox show", "inbox withdraw",
    "notify list", "token scan", "token whois",
  ]

  static let all = subjects + holdings + grants + tokens + access + changes + keeping
}

extension PrintedCase {
  private static let token = ["token", "add", "Portal", "portal"]
  /// A command can't give what is over already; a file can.
  private static let gone = ["apply", "HOME/gone.yaml", "--yes"]

  /// The file that `HOME/gone.yaml` is.
  static let goneFile = """
    popsec: 1
    teams:
      - name: Mexico
        roles: [WidgetReader]
        grants: [{connector: Business Central, roles: [User], companies: [MX], lists: [Sales Orders, Items]}]
      - name: Everything
        grants: [{connector: Business Central, roles: [User], companies: all, lists: all, actions: all}]
      - name: Desk
        grants: [{connector: Business Central, roles: [User], lists: all, until: "2020-02-01T00:00:00Z"}]
    """
  private static let deleted = [["team", "delete", "Desk", "--yes"]]
  private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + String(repeating: "A", count: 43) + " x"
  private static let fingerprint = (try? SSHPublicKey(key)).map { KeyFingerprint($0).description } ?? ""
  private static let gateKey = [
    "gate", "key", "add", "gate 1", "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
  ]

  private static let subjects: [PrintedCase] = ["api-user", "user"].flatMap { kind -> [PrintedCase] in
    let name = kind == "user" ? "ada" : "Kiosk"
    let ada = [["user", "add", "ada"]]
    return [
      .list("api-user-row", [kind, "list"], before: ada + [token]),
      .one(
        "api-user", [kind, "show", kind == "user" ? "ada" : "Portal"],
        before: ada + [["user", "role", "ada", "--add", "Helpdesk", "--yes"], token]),
      .one("api-user-change", [kind, "add", "New"] + (kind == "user" ? [] : ["--token", "t"])),
      .one("api-user-change", [kind, "disable", name], before: ada),
      .one("api-user-change", [kind, "enable", name], before: ada + [[kind, "disable", name]]),
      .one("api-user-change", [kind, "rename", name, "Other"], before: ada),
      .one("api-user-change", [kind, "delete", name, "--yes"], before: ada),
      .one("bulk", [kind, "bulk", "disable", name, "--yes"], before: ada),
      .one(
        kind == "user" ? "api-user-change" : "change", [kind, "role", name, "--add", "APIReader", "--yes"],
        before: ada),
      .one("change", [kind, "team", name, "--add", "Mexico", "--yes"], before: ada),
      .one("change", [kind, "duplicate", name, "Copy", "--yes"], before: ada),
    ]
  }

  private static let holdings: [PrintedCase] = [
    .one("api-user-change", ["api-user", "describe", "Portal", "--note", "a note"]),
    .list("public-key", ["user", "key", "list", "ada"], before: [["user", "add", "ada", "--key", key]]),
    .one("public-key", ["user", "key", "add", "ada", "--key", key], before: [["user", "add", "ada"]]),
    .one(
      "public-key", ["user", "key", "remove", "ada", fingerprint],
      before: [["user", "add", "ada", "--key", key]]),
    .list("team-row", ["team", "list"]),
    .one("team", ["team", "show", "Mexico"]),
    .list("team-member", ["team", "members", "Mexico"]),
    .one("change", ["team", "add", "New"]), .one("change", ["team", "rename", "Desk", "New", "--yes"]),
    .one("change", ["team", "describe", "Desk", "a text"]),
    .one("change", ["team", "delete", "Desk", "--yes"]),
    .one("change", ["team", "role", "Desk", "--add", "APIReader", "--yes"]),
    .one("change", ["team", "member", "Desk", "--add-api-user", "Kiosk", "--yes"]),
    .list("role", ["role", "list"]), .one("role-holders", ["role", "show", "WidgetReader"]),
    .one("change", ["role", "add", "New", "--permission", "api.call"]),
    .one("change", ["role", "set", "Helpdesk", "--permission", "api.call", "--yes"]),
    .one("change", ["role", "rename", "Helpdesk", "New", "--yes"]),
    .one("change", ["role", "delete", "Helpdesk", "--yes"]),
  ]

  private static let place = ["--team", "Desk", "--connector", "Business Central"]

  private static let grants: [PrintedCase] = [
    .list("grant", ["grant", "list"], before: [gone]),
    .list("ended", ["grant", "list", "--ended"], before: [gone]),
    .list("grant", ["grant", "show", "--team", "Everything"]),
    .one("grant-sweep", ["grant", "sweep", "--yes"], before: [gone]),
    .one("grant-sweep", ["grant", "sweep"]),
    .one("change", ["grant", "add"] + place + ["--role", "User", "--company", "MX", "--yes"]),
    .one("change", ["grant", "remove"] + place + ["--role", "User", "--yes"], before: [gone]),
    .one("change", ["grant", "delete"] + place + ["--yes"], before: [gone]),
    .one("change", ["grant", "set-bounds"] + place + ["--until", "2099-01-01", "--yes"], before: [gone]),
  ]

  private static let tokens: [PrintedCase] = [
    .list("token", ["token", "list", "Portal"], before: [token]),
    .list("token", ["token", "list"], before: [token]),
    .list(
      "token", ["token", "list", "Portal"],
      before: [token, ["token", "rotate", "Portal", "portal", "--until", "1d"]]),
    .one("token", token), .one("token", ["token", "disable", "Portal", "portal"], before: [token]),
    .one("token", ["token", "enable", "Portal", "portal"], before: [token]),
    .one("token", ["token", "rename", "Portal", "portal", "new"], before: [token]),
    .one("token", ["token", "set-expiry", "Portal", "portal", "--expires", "never"], before: [token]),
    .one("token", ["token", "rotate", "Portal", "portal"], before: [token]),
    .one("token", ["token", "revoke", "Portal", "portal", "--yes"], before: [token]),
    .one("token", ["token", "describe", "Portal", "portal", "--note", "a note"], before: [token]),
    .one("token", ["token", "limit", "Portal", "portal", "--network", "10.0.0.0/8"], before: [token]),
    .one("token-id", ["token", "reveal", "Portal", "portal"], before: [token]),
    .list(
      "review", ["review"], before: [["token", "add", "Portal", "old", "--expires", "never"]], status: 1),
  ]

  private static let access: [PrintedCase] =
    [
      .one("access", ["access", "Portal"]), .list("viewer", ["access", "--list", "Items"]),
      .one("batch-answer", ["check", "--api-user", "Portal", "--widget", "Sales"]),
      .one("batch-answer", ["check", "--api-user", "Kiosk", "--widget", "Sales"], status: 1),
      .one("explanation", ["explain", "--api-user", "Portal", "--widget", "Sales"]),
      .one("explanation", ["explain", "--api-user", "Kiosk", "--widget", "Sales"], status: 1),
      .one(
        "explanation",
        ["explain", "--team", "Desk", "--api", "--connector", "Business Central", "--list", "Items"],
        before: [gone], status: 1),
      .list("found", ["find", "Sales"]), .one("catalogue", ["catalogue", "list"]),
      .one("connector", ["catalogue", "show", "Business Central"]),
    ]
    + ["widget", "endpoint"].flatMap { kind -> [PrintedCase] in
      let name = kind == "widget" ? "Sales" : "Orders"
      let more = ["--connector", "Business Central", "--list", "Items", "--yes"]
      return [
        .one("change", ["catalogue", kind, "disable", name, "--yes"]),
        .one("change", ["catalogue", kind, "enable", name, "--yes"]),
        .one("change", ["catalogue", kind, "remove", name, "--yes"]),
        .one("change", ["catalogue", kind, "set", name, "--list", "Items", "--yes"]),
        .one("change", ["catalogue", kind, "add", "New", "--url", "https://x.example.com/new"] + more),
      ]
    }

  private static let changes: [PrintedCase] = [
    .one("plan", ["plan", "-"], input: "popsec: 1\nteams: [{name: New}]\n", status: 2),
    .one("plan", ["apply", "-", "--yes"], input: "popsec: 1\nteams: [{name: New}]\n"),
    .one(
      "import", ["catalogue", "import", "--csv", "-", "--yes"],
      input: "connector,list\nBusiness Central,Items\n"),
    .list("undo-entry", ["undo", "--list"]), .one("undo", ["undo", "--yes"], before: deleted),
    .list("deleted", ["deleted", "list"], before: deleted),
    .one("deleted-change", ["deleted", "restore", "team", "Desk"], before: deleted),
    .one("deleted-change", ["deleted", "purge", "team", "Desk", "--yes"], before: deleted),
  ]

  private static let keeping: [PrintedCase] = [
    .list("audit-row", ["audit", "list"]), .one("audit-row", ["audit", "show", "2"]),
    .one("audit-verification", ["audit", "verify"]), .one("audit-signing", ["audit", "sign"]),
    .list("setting", ["settings", "list"]), .one("setting", ["settings", "set", "dual.hours", "5"]),
    .one("setting", ["settings", "reset", "dual.hours"]),
    .list("check", ["doctor"], status: 1), .one("keys", ["key", "list"]),
    .one("key-step", ["key", "rotate", "lookup", "--prepare"]),
    .one("key-rotation", ["key", "rotate", "lookup", "--without-gates"]),
    .list("gate-key", ["gate", "key", "list"], before: [gateKey]), .one("gate-key", gateKey),
    .one("gate-key", ["gate", "key", "retire", "gate 1"], before: [gateKey]),
    .one("upgrade", ["upgrade"]), .one("backup", ["backup", "--output", "HOME/backup"]),
    .one(
      "restore", ["restore", "HOME/backup", "--replace", "--yes"],
      before: [["backup", "--output", "HOME/backup"]]),
    .one("store", ["init", "--store", "HOME/other", "--keys", "HOME/other-keys"]),
    .one(
      "audit-archive", ["audit", "archive", "--before", "2100-01-01", "--output", "HOME/archive", "--yes"]),
  ]
}
