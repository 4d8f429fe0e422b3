import Console
import Testing

@Suite struct BreadcrumbTests {
  @Test(
    "a way that is too long loses its middle first",
    arguments: [
      (60, "Main menu › Security › API users › us-sales › Tokens"),
      (51, "Main menu › … › API users › us-sales › Tokens"),
      (44, "Main menu › … › us-sales › Tokens"),
      (32, "Main menu › … › Tokens"),
      (21, "… › Tokens"),
      (3, "… › Tokens"),
    ])
  func shortening(_ columns: Int, _ expected: String) {
    let way = Breadcrumb(["Main menu", "Security", "API users", "us-sales", "Tokens"])
    #expect(way.text(columns: columns) == expected)
  }

  @Test("one title stays as it is")
  func alone() {
    #expect(Breadcrumb(["Main menu"]).text(columns: 4) == "Main menu")
    #expect(Breadcrumb([]).text(columns: 4) == "")
  }
}
