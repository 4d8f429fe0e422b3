import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite("Trying a change", .onEachEngine)
struct ChangeTrialTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  @Test("a trial tells the difference and the effect, and changes nothing")
  func tries() throws {
    let before = try scene.records
    let trial = try scene.administration.trial(
      of: { try $0.addTeam(name: try Name("Desk")) }, isMeant: true)
    #expect(trial.title == "added the team “Desk”")
    #expect(trial.rowCount == 1 && trial.effect?.isEmpty == true && !trial.takesTwo)
    #expect(trial.lines.map(\.text) == ["team.add  team Desk", "name", "Desk"])
    #expect(try scene.records == before)
    let nothing = try scene.administration.trial(of: { _ in }, isMeant: true)
    #expect(nothing.isEmpty && nothing.title == nil)
  }

  @Test("the change is made as it was tried, and not where it became another one")
  func makes() throws {
    let team = try scene.change { try $0.addTeam(name: try Name("Desk")) }
    let change = { (change: Change) in
      let was = TeamGeneral(try #require(try change.reader.team(team.id)))
      var becomes = was
      becomes.summary = try Summary("new")
      try change.saveGeneral(team.id, Edit(was: was, becomes: becomes))
    }
    let trial = try scene.administration.trial(of: change, isMeant: true)
    try scene.change { change in
      let was = TeamGeneral(team)
      var becomes = was
      becomes.summary = try Summary("meanwhile")
      try change.saveGeneral(team.id, Edit(was: was, becomes: becomes))
    }
    #expect(throws: EditConflict<Int>.self) {
      _ = try scene.administration.change(change, asTried: trial)
    }
    #expect(try scene.read { try $0.team(team.id) }?.summary.text == "meanwhile")
    let again = try scene.administration.trial(of: change, isMeant: true)
    let number = try scene.administration.change(change, asTried: again)
    #expect(try scene.administration.ownChanges().first?.number == number)
    #expect(try scene.read { try $0.team(team.id) }?.summary.text == "new")
  }

  @Test(
    "a refused trial is recorded, whether the change was meant or only asked about", arguments: [false, true])
  func records(isMeant: Bool) throws {
    let limited = scene.administration(only: [.securityRead])
    let before = try scene.records.count
    #expect(throws: AdministrationError.notPermitted(.teamsManage)) {
      try limited.trial(of: { try $0.addTeam(name: try Name("Desk")) }, isMeant: isMeant)
    }
    #expect(try scene.records.count == before + 1)
    #expect(try scene.records.last?.action == "attempt.refused")
  }

  @Test("whoever may not see users learns the difference, and not the effect")
  func withoutReading() throws {
    let catalogue = try scene.catalogue()
    let widget = Widget(
      id: .random(), name: try Name("Sales"), address: try Address("https://portal.example.com/sales"),
      connector: catalogue.connector, lists: [catalogue.lists[0]])
    try scene.change { try $0.addPlace(widget) }
    let trial = try scene.administration(only: [.widgetsManage]).trial(
      of: { try $0.setEnabled(false, widget) }, isMeant: true)
    #expect(trial.effect == nil && trial.rowCount == 1)
    #expect(trial.obstacle == AdministrationError.notPermitted(.securityRead).message)
  }

  @Test("a widget's lists are told by name, though the audit log has their ids")
  func names() throws {
    let catalogue = try scene.catalogue()
    let widget = Widget(
      id: .random(), name: try Name("Sales"), address: try Address("https://portal.example.com/sales"),
      connector: catalogue.connector, lists: [catalogue.lists[0]])
    let trial = try scene.administration.trial(of: { try $0.addPlace(widget) }, isMeant: true)
    let texts = trial.lines.map(\.text)
    #expect(texts.contains("Business Central") && texts.contains("Sales Orders"))
    let rows = try scene.audited { try $0.addPlace(widget) }
    #expect(try rows.first?.field("lists") == ["before": "", "after": catalogue.lists[0].description])
  }

  @Test("two places that one request could mean are refused, and so is a name that is taken")
  func places() throws {
    let catalogue = try scene.catalogue()
    func widget(_ name: String, _ path: String) throws -> Widget {
      Widget(
        id: .random(), name: try Name(name), address: try Address("https://portal.example.com/\(path)"),
        connector: catalogue.connector, lists: [catalogue.lists[0]])
    }
    try scene.change { try $0.addPlace(try widget("One", "one")) }
    #expect(throws: UndoProblem.addressTaken("widget “One”")) {
      try scene.change { try $0.addPlace(try widget("Two", "one")) }
    }
    #expect(throws: AdministrationError.nameTaken(kind: "widget", name: try Name("one"))) {
      try scene.change { try $0.addPlace(try widget("one", "two")) }
    }
    #expect(throws: AdministrationError.notPermitted(.catalogueManage)) {
      try scene.administration(only: [.widgetsManage]).change { try $0.addPlace(try widget("Two", "two")) }
    }
  }
}
