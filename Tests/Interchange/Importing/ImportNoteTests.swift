import Testing

@testable import Interchange

@Suite("Notes of an import")
struct ImportNoteTests {
  private func note(_ subject: String, _ reason: String, line: Int) -> ImportNote {
    ImportNote("operation", subject, reason, at: FilePosition(line: line, column: 1))
  }

  private var notes: [ImportNote] {
    (1...5).map { note("GET /\($0)", "of two", line: $0) } + [
      ImportNote("by itself"), note("GET /x", "of another", line: 9),
    ]
  }

  @Test("notes with the same reason are counted, with the first of their names")
  func counted() {
    #expect(
      notes.lines(naming: false) == [
        "left out: 5 operations (“GET /1”, “GET /2”, “GET /3” and 2 more): of two", "by itself",
        "line 9: left out: operation “GET /x”: of another",
      ])
  }

  @Test("all names are listed where they are asked for")
  func named() {
    #expect(
      notes.lines(naming: true) == ["left out: 5 operations: of two"]
        + (1...5).map { "  line \($0): “GET /\($0)”" }
        + ["by itself", "line 9: left out: operation “GET /x”: of another"])
  }

  @Test("where there is nothing to do, notes are listed only with the names")
  func nothingToDo() throws {
    let fixture = try Fixture()
    let text = Document.openAPI("  /a: {get: {}}\n  /b/{x}-{y}: {get: {}, put: {}}")
    let first = try fixture.carryOut(CatalogueImport(text, .openapi))
    #expect(
      first.words.suffix(2) == [
        "notes",
        "  left out: 2 operations (“GET /b/{x}-{y}”, “PUT /b/{x}-{y}”): a segment of a path must not have two parameters",
      ])
    let again = try fixture.administration.plan(CatalogueImport(text, .openapi))
    #expect(again.isEmpty && again.lines().isEmpty)
    #expect(again.lines(naming: true).count == 4)
  }
}
