import Testing

@testable import popsec

@Suite struct BuildInformationTests {
  private static let commit = "63c29061f0c0ffee63c29061f0c0ffee63c29061"
  private static let date = "2026-11-28T17:44:00Z"

  @Test(
    "what the compiler was told is believed only in its own form",
    arguments: [
      (commit, date, commit, date), (commit + "-modified", date, commit + "-modified", date),
      (commit, "", commit, "unknown"), (commit, "yesterday", commit, "unknown"),
      ("", date, "unknown", "unknown"), ("HEAD", date, "unknown", "unknown"),
      (commit.uppercased(), date, "unknown", "unknown"),
      (String(commit.dropLast()), date, "unknown", "unknown"),
      (commit + "\n", date, "unknown", "unknown"),
    ])
  func believed(commit: String, date: String, shownCommit: String, shownDate: String) {
    let build = BuildInformation(version: "1.2.3", commit: commit, date: date, schema: 14)
    #expect(build.commit == shownCommit)
    #expect(build.date == shownDate)
    #expect(
      build.text == "popsec 1.2.3\ncommit \(shownCommit)\ndate   \(shownDate)\nschema 14")
  }

  @Test("--version tells the version, the commit, its date and the version of stores")
  func version() throws {
    let outcome = try Program().run("--version")
    #expect(outcome.status == 0 && outcome.output == BuildInformation.present.text + "\n")
    #expect(BuildInformation.present.schema > 0)
  }
}
