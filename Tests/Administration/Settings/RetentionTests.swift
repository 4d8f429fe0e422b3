import Access
import Administration
import Foundation
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct RetentionTests {
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
    "a deleted thing shows for how many more days it is kept, by the present setting",
    arguments: [(nil, 30), (1, 1), (3_650, 3_650)] as [(Int?, Int)])
  func daysLeft(setting: Int?, left: Int) throws {
    try scene.change { try $0.deleteTeam(team.id) }
    try set(setting)
    let item = try #require(try scene.administration.deleted(DeletedThing(.team, team.id)))
    #expect(item.daysLeft == left)
    #expect(scene.administration.retentionDays == Int64(left))
  }

  /// Makes a change on a clock that is this number of seconds later.
  private func change(after seconds: Int64) throws {
    let later = scene.administration(only: Set(Permission.allCases), at: scene.now.adding(seconds: seconds))
    let name = UUID().uuidString
    _ = try later.change { try $0.addTeam(name: try Name(name)) }
  }

  private var isKept: Bool {
    get throws { try scene.administration.deleted(DeletedThing(.team, team.id)) != nil }
  }

  private static let day: Int64 = 86_400
  private static let year9999: Int64 = 7_973 * 365 * 86_400

  @Test(
    "changes on a clock that jumped purge nothing, however many, nor do those after it was set again",
    arguments: [
      [year9999], [year9999, year9999 + 1, year9999 + day - 1], [40 * day, 40 * day + 10, 41 * day - 1],
      [year9999, 10, 20, 2 * day, 2 * day + 10], [-20_000 * day, 10, 20, 2 * day, 2 * day + 10],
      [-20_000 * day, -19_999 * day, -19_998 * day, -19_998 * day + 1, 10, 20, 2 * day, 2 * day + 10],
    ])
  func jumps(times: [Int64]) throws {
    try scene.change { try $0.deleteTeam(team.id) }
    for time in times { try change(after: time) }
    #expect(try isKept)
    #expect(try scene.administration.ownChanges().contains { $0.title.contains("Sales") })
  }

  @Test("a thing deleted by a slow clock is kept as long as its neighbours in the log")
  func deletedBehind() throws {
    let behind = scene.administration(only: Set(Permission.allCases), at: scene.now.adding(days: -20_000))
    try behind.change { try $0.deleteTeam(team.id) }
    for hours in [1, 20, 40, 60, 61] as [Int64] { try change(after: hours * 3_600) }
    #expect(try isKept)
    for days in [31, 32, 33] as [Int64] { try change(after: days * Self.day) }
    #expect(try !isKept)
  }

  @Test(
    "after a gap the first change purges nothing; where the clock stays, one does a day later",
    arguments: [
      ([40 * day], true), ([40 * day, 40 * day + 60], true), ([40 * day, 41 * day + 1], true),
      ([40 * day, 41 * day], false), ([40 * day, 41 * day + 1, 41 * day + 2], false),
    ] as [([Int64], Bool)])
  func gap(times: [Int64], isStillKept: Bool) throws {
    try scene.change { try $0.deleteTeam(team.id) }
    for time in times { try change(after: time) }
    #expect(try isKept == isStillKept)
  }

  @Test(
    "a thing that was kept long enough is purged with a change a day later, and not before",
    arguments: [(nil, 30, true), (nil, 31, false), (7, 7, true), (7, 8, false), (90, 31, true)]
      as [(Int?, Int64, Bool)])
  func purges(setting: Int?, days: Int64, isKept: Bool) throws {
    try scene.change { try $0.deleteTeam(team.id) }
    try set(setting)
    try change(after: days * Self.day)
    try change(after: (days + 1) * Self.day)
    let later = administration(after: days + 1)
    #expect(try (later.deleted(DeletedThing(.team, team.id)) != nil) == isKept)
    #expect(try scene.records.contains { $0.action == "team.purge" } != isKept)
  }

  @Test(
    "the words before a deletion name the days, and tokens where there are some",
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
