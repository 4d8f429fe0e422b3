import Store
import Testing

@Suite struct ConditionCompletionTests {
  @Test(
    "the last word of a filter is completed to a condition",
    arguments: [
      ("en", ListedKind.tokens, "ds<" as String?), ("ends<", .tokens, "14d"), ("ends:", .tokens, "never"),
      ("portal sta", .tokens, "te:"), ("state:exp", .tokens, "ired"), ("-state:dis", .apiUsers, "abled"),
      ("UN", .tokens, "used<"), ("unused>", .tokens, "90d"), ("te", .apiUsers, "am:"), ("te", .teams, nil),
      ("kind:w", .catalogue, "idget"), ("s", .tokens, nil), ("", .tokens, nil), ("state:live ", .tokens, nil),
      ("team:\"Sales st", .tokens, nil), ("state:live", .tokens, nil), ("zz", .tokens, nil),
    ])
  func completed(_ text: String, _ kind: ListedKind, _ rest: String?) {
    #expect(ConditionRule.completion(of: text, in: kind) == rest)
  }
}
