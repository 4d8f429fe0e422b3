import Access
import Administration

extension PrintedCase {
  static let token = ["token", "add", "Portal", "portal"]
  /// A command can't give what is over already; a file can.
  static let gone = ["apply", "HOME/gone.yaml", "--yes"]

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
  static let deleted = [["team", "delete", "Desk", "--yes"]]
  static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + String(repeating: "A", count: 43) + " x"
  static let fingerprint = (try? SSHPublicKey(key)).map { KeyFingerprint($0).description } ?? ""
  static let gateKey = [
    "gate", "key", "add", "gate 1", "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
  ]

  static let subjects: [PrintedCase] = ["api-user", "user"].flatMap { kind -> [PrintedCase] in
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
      .one("bulk", [kind, "bulk", "copy-rights", "--rights-of", name, "--all", "--dry-run"], before: ada),
      .one(
        kind == "user" ? "api-user-change" : "change", [kind, "role", name, "--add", "APIReader", "--yes"],
        before: ada),
      .one("change", [kind, "team", name, "--add", "Mexico", "--yes"], before: ada),
      .one("change", [kind, "duplicate", name, "Copy", "--yes"], before: ada),
    ]
  }

  static let holdings: [PrintedCase] = [
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
    .one("change", ["team", "duplicate", "Desk", "New", "--yes"]),
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
}
