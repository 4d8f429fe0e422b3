import Console
import Testing

@Suite struct FuzzyMatchTests {
  @Test(
    "letters must occur in order, in any case",
    arguments: [
      ("api", "API users", [0, 1, 2]), ("au", "API users", [0, 4]), ("us", "API users", [4, 5]),
      ("add tok", "Add token", [0, 1, 2, 4, 5, 6]), ("", "anything", []), ("ß", "straße", [4]),
    ])
  func positions(_ pattern: String, _ text: String, _ positions: [Int]) {
    #expect(FuzzyMatch(pattern, in: text)?.positions == positions)
  }

  @Test(
    "a text that does not fit does not match", arguments: [("sua", "API users"), ("x", ""), ("apii", "API")])
  func noMatch(_ pattern: String, _ text: String) {
    #expect(FuzzyMatch(pattern, in: text) == nil)
  }

  @Test(
    "starts of words and letters side by side fit better",
    arguments: [
      ("tok", "Tokens", "Take one key"), ("au", "API users", "Catalogue"), ("te", "Teams", "Catalogue teams"),
      ("rol", "Roles", "Control"),
    ])
  func order(_ pattern: String, _ better: String, _ worse: String) throws {
    let better = try #require(FuzzyMatch(pattern, in: better))
    let worse = try #require(FuzzyMatch(pattern, in: worse))
    #expect(better.score > worse.score)
  }
}
