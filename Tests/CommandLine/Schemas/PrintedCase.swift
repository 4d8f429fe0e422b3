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

  static let all = subjects + holdings + grants + laws + tokens + access + changes + keeping
}
