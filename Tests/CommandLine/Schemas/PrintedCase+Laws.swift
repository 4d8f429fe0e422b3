extension PrintedCase {
  private static let who = ["--all-api-users"]
  static let law =
    ["law", "add", "no stock", "--reason", "audit", "--never"] + who
    + ["--connector", "Business Central", "--list", "Items", "--except", "Kiosk=+14d", "--watch", "--yes"]

  static let laws: [PrintedCase] = [
    .list("law-row", ["law", "list"], before: [law]),
    .list("law-checked", ["law", "list", "--check"], before: [law]),
    .list("law-breach", ["law", "check"], before: [law], status: 1),
    .list("law-breach", ["law", "check", "no stock", "--all"], before: [law], status: 1),
    .one("law", ["law", "show", "no stock"], before: [law]),
    .one("law-explanation", ["law", "explain", "no stock"], before: [law]),
    .one(
      "law-explanation", ["law", "explain", "no stock", "--api-user", "Portal"], before: [law], status: 1),
    .one("change", law),
    .one("change", ["law", "set", "no stock", "--reason", "new", "--yes"], before: [law]),
    .one("change", ["law", "remove", "no stock", "--yes"], before: [law]),
    .list("review", ["review"], before: [law], status: 1),
  ]
}
