import Access
import Administration
import TestSupport
import Testing

@Suite struct InspectionTests {
  @Test("a store that nobody tampered with has no damages")
  func intact() throws {
    let scene = try Scene()
    #expect(try scene.administration.inspect().damages == [])
  }

  @Test(
    "a change of the schema by somebody who can write the database is found",
    arguments: [
      (
        "CREATE TRIGGER helper AFTER INSERT ON audit BEGIN DELETE FROM membership; END",
        "the schema has the trigger helper, which popsec did not make"
      ),
      ("DROP TRIGGER audit_is_not_deleted", "the schema lacks the trigger audit_is_not_deleted"),
      ("CREATE VIEW seen AS SELECT * FROM audit", "the schema has the view seen, which popsec did not make"),
      (
        "DROP INDEX audit_by_time; CREATE INDEX audit_by_time ON audit (at)",
        "the schema has another index audit_by_time"
      ),
    ])
  func tampered(sql: String, told: String) throws {
    let scene = try Scene(.sqlite)
    try scene.made.run(sql)
    #expect(try scene.administration.inspect().damages == [told])
  }
}
