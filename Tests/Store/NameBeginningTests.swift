import Access
import Store
import Testing

@Suite("The beginning of a name at the end of a filter")
struct NameBeginningTests {
  @Test(
    "is found behind keys whose values are names",
    arguments: [
      ("user:Po", ListedKind.tokens, "Po"), ("state:live -user:Po", .tokens, "Po"), ("user:", .tokens, ""),
      ("user:\"Portal M", .tokens, "Portal M"), ("team:\"a \\\"b", .tokens, "a \"b"),
      ("ROLE:ad", .users, "ad"),
      ("owner:user:a", .apiUsers, "user:a"), ("label:env=p", .tokens, "env=p"),
      ("connector:b", .widgets, "b"),
    ])
  func found(_ text: String, _ kind: ListedKind, _ typed: String) {
    #expect(NameBeginning(endOf: text, in: kind)?.typed == typed)
  }

  @Test(
    "is none elsewhere",
    arguments: [
      ("", ListedKind.tokens), ("Po", .tokens), ("user:Po ", .tokens), ("user:\"Portal Mexico\"", .tokens),
      ("state:li", .tokens), ("user:Po", .teams), ("user<Po", .tokens), ("\"user:Po", .tokens),
      ("user:\"a\\", .tokens), ("zz:a", .tokens), ("network:10", .tokens),
    ])
  func none(_ text: String, _ kind: ListedKind) {
    #expect(NameBeginning(endOf: text, in: kind) == nil)
  }

  @Test(
    "is completed to a text that is read as that name",
    arguments: ["ada", "Portal Mexico", "a \"b\" \\c", "a\"b", "back\\slash", "東京 Dashboard", "-x:y"])
  func completed(_ name: String) throws {
    let beginning = try #require(NameBeginning(endOf: "state:live -user:\"x y", in: .tokens))
    let text = beginning.completed(by: name)
    let conditions = try WrittenConditions(text, of: .tokens).conditions
    #expect(conditions.map(\.key) == [.state, .user] && conditions.map(\.isNegated) == [false, true])
    guard case .name(let read)? = conditions.last?.value else { return #expect(Bool(false)) }
    #expect(read.text == name)
  }
}
