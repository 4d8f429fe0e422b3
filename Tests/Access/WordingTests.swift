import Access
import Testing

@Suite struct WordingTests {
  @Test(
    "numbers have commas between their thousands",
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (54_321, "54,321"), (1_000_000, "1,000,000"),
      (-1_234, "-1,234"), (.min, "-9,223,372,036,854,775,808"),
    ])
  func groups(number: Int, text: String) { #expect(number.grouped == text) }

  @Test(
    "the first letter alone is changed",
    arguments: [("", "", ""), ("aB c", "aB c", "AB c"), ("Übung A", "übung A", "Übung A")])
  func firstLetters(text: String, lower: String, upper: String) {
    #expect(text.lowercasingFirst == lower)
    #expect(text.uppercasingFirst == upper)
  }
}
