import Access
import Administration
import Store
import Testing

@Suite struct RetentionTests {
  let scene: Scene
  let team: Team

  init() throws {
    scene = try Scene()
    let scene = scene
    team = try scene.change { try $0.addTeam(name: try Name("Sales")) }
  }

  private func administration(after days: Int64) -> Administration {
    scene.administration(only: Set(Permission.allCases), at: scene.now.adding(days: days))
  }

  private func set(_ days: Int?) throws {
    try scene.change { try $0.set(.deletedKeptDays, to: days.map { .number($0) }) }
  }

  @Test(
    "what is deleted says how many days it is kept yet, as it is set when one looks",
    arguments: [(nil, 30), (1, 1), (3_650, 3_650)] as [(Int?, Int)])
  func daysLeft(setting: Int?, left: Int) throws {
    try scene.change { try $0.deleteTeam(team.id) }
    try set(setting)
    let item = try #require(try scene.administration.deleted(DeletedThing(.team, team.id)))
    #expect(item.daysLeft == left)
    #expect(scene.administration.retentionDays == Int64(left))
  }

  @Test(
    "what was kept that long is purged with the next change, and not before",
    arguments: [(nil, 30, true), (nil, 31, false), (7, 7, true), (7, 8, false), (90, 31, true)]
      as [(Int?, Int64, Bool)])
  func purges(setting: Int?, days: Int64, isKept: Bool) throws {
    try scene.change { try $0.deleteTeam(team.id) }
    try set(setting)
    let later = administration(after: days)
    _ = try later.change { try $0.addTeam(name: try Name("Another")) }
    #expect(try (later.deleted(DeletedThing(.team, team.id)) != nil) == isKept)
    #expect(try scene.records.contains { $0.action == "team.purge" } != isKept)
  }

  @Test(
    "what is said before a deletion names the days, and tokens where there are some",
    arguments: [
      (DeletedKind.team, 30, "it can be restored for 30 days"),
      (.role, 1, "it can be restored for 1 day"),
      (.apiUser, 7, "it can be restored for 7 days; its tokens are revoked for good"),
      (.user, 30, "it can be restored for 30 days; its tokens are revoked for good"),
    ])
  func words(kind: DeletedKind, days: Int64, text: String) {
    #expect(TakingBack.deleting(kind, days: days) == text)
  }
}
