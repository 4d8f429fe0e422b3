extension PrintedCase {
  static let place = ["--team", "Desk", "--connector", "Business Central"]

  static let grants: [PrintedCase] = [
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

  static let tokens: [PrintedCase] = [
    .list("token", ["token", "list", "Portal"], before: [token]),
    .list("token", ["token", "list"], before: [token]),
    .list(
      "token", ["token", "list", "Portal"],
      before: [token, ["token", "rotate", "Portal", "portal", "--until", "1d"]]),
    .one("token-bulk", ["token", "bulk", "disable", "--all", "--yes"], before: [token]),
    .one("token", token), .one("token", ["token", "disable", "Portal", "portal"], before: [token]),
    .one("token", ["token", "enable", "Portal", "portal"], before: [token]),
    .one("token", ["token", "rename", "Portal", "portal", "new"], before: [token]),
    .one("token", ["token", "set-expiry", "Portal", "portal", "--expires", "never"], before: [token]),
    .one("token", ["token", "rotate", "Portal", "portal"], before: [token]),
    .one("token", ["token", "revoke", "Portal", "portal", "--yes"], before: [token]),
    .one("token", ["token", "describe", "Portal", "portal", "--note", "a note"], before: [token]),
    .one("token", ["token", "limit", "Portal", "portal", "--network", "10.0.0.0/8"], before: [token]),
    .one("decoy", ["token", "decoy"]), .one("decoy", ["token", "decoy", "--planted", "the wiki"]),
    .list("decoy", ["token", "decoy", "--list"], before: [["token", "decoy"]]),
    .one("token-id", ["token", "reveal", "Portal", "portal"], before: [token]),
    .list(
      "review", ["review"], before: [["token", "add", "Portal", "old", "--expires", "never"]], status: 1),
  ]

  static let access: [PrintedCase] =
    [
      .one("access", ["access", "Portal"]), .list("viewer", ["access", "--list", "Items"]),
      .list("difference", ["access", "Portal", "--compare", "Kiosk"]),
      .one("batch-answer", ["check", "--api-user", "Portal", "--widget", "Sales"]),
      .one("batch-answer", ["check", "--api-user", "Kiosk", "--widget", "Sales"], status: 1),
      .one("explanation", ["explain", "--api-user", "Portal", "--widget", "Sales"]),
      .one("explanation", ["explain", "--api-user", "Kiosk", "--widget", "Sales"], status: 1),
      .one(
        "explanation",
        ["explain", "--team", "Desk", "--api", "--connector", "Business Central", "--list", "Items"],
        before: [gone], status: 1),
      .one(
        "test-run", ["test", "-", "--coverage"],
        input: """
          popsecTest: 1
          tests:
            - {name: same, access: {apiUser: Portal}, expect: {connectors: []}}
            - {check: {apiUser: Kiosk, widget: Sales}, expect: allow}
          """, status: 1),
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

  static let changes: [PrintedCase] = [
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

  static let keeping: [PrintedCase] = [
    .list("audit-row", ["audit", "list"]), .one("audit-row", ["audit", "show", "2"]),
    .one("audit-verification", ["audit", "verify"]), .one("audit-signing", ["audit", "sign"]),
    .list("setting", ["settings", "list"]), .one("setting", ["settings", "set", "dual.hours", "5"]),
    .one("setting", ["settings", "reset", "dual.hours"]),
    .list("config-action", ["config", "show", "--actions"]),
    .list("config-column", ["config", "show", "--lists"]), .one("config-path", ["config", "path"]),
    .one("config", ["config", "show"]), .one("config-checked", ["config", "check"]),
    .one("config-kept", ["config", "set", "-"], input: "theme: dark\n"),
    .list("check", ["doctor"], status: 1), .one("keys", ["key", "list"]),
    .one("key-step", ["key", "rotate", "lookup", "--prepare"]),
    .one("key-rotation", ["key", "rotate", "lookup", "--without-gates"]),
    .list("gate-key", ["gate", "key", "list"], before: [gateKey]), .one("gate-key", gateKey),
    .one("gate-key", ["gate", "key", "retire", "gate 1"], before: [gateKey]),
    .one("upgrade", ["upgrade"]), .one("backup", ["backup", "--output", "HOME/backup"]),
    .one(
      "restore", ["restore", "HOME/backup", "--replace", "--yes"],
      before: [["backup", "--output", "HOME/backup"]]),
    .one("store-copy", ["store", "copy", "HOME/data/popsec", "HOME/copied"]),
    .one(
      "store-comparison", ["store", "compare", "HOME/data/popsec", "HOME/copied"],
      before: [["store", "copy", "HOME/data/popsec", "HOME/copied"]]),
    .one("store", ["init", "--store", "HOME/other", "--keys", "HOME/other-keys"]),
    .one(
      "audit-archive", ["audit", "archive", "--before", "2100-01-01", "--output", "HOME/archive", "--yes"]),
  ]
}
