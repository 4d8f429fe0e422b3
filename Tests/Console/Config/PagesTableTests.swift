import Access
import Administration
import Foundation
import Terminal
import Testing

@testable import Console

/// The table of pages, actions and columns is what the screens themselves have. `POPSEC_RECORD=1` writes it anew.
@Suite("Settings name what the pages really have") struct PagesTableTests {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Resources/console/pages.tsv").standardizedFileURL

  /// The keys that lead from the main menu to each page.
  private static let ways: [String] = [
    "", "Enter",
    // Users and API users: one that can be chosen, one that is disabled, and chosen ones.
    "Enter u", "Enter a", "Enter a Space", "Enter a Down*4", "Enter a / \"zzz\" Enter",
    "Enter o", "Enter o Space", "Enter v", "1", "Tab", "Enter t", "Enter r", "Enter c", "Enter c Enter",
    "Enter w", "Enter d",
    "Enter d Enter",
    "Enter i",
    "Enter i Enter", "Enter L", "Enter L w", "Enter n", "Enter n Enter", "Enter x", "Enter s", "Enter A",
    "Enter A Enter",
    "Enter a w", "Enter t m", "Enter a Down*2 = Enter t", "Enter c End w", "Enter c i \"/f\" Enter",
  ]

  /// Deletes an API user, and looks at what can be restored and undone.
  private static let waysOfDeleting = ["s a Down D Tab Enter", "s x", "u", "u Enter"]
  /// Deletes a team where that takes two, and looks at what waits.
  private static let waysOfAsking = ["s t D Tab \"Sales MX\" Tab Enter", "s i", "s i Enter"]

  private func world() throws -> ScreenWorld {
    let world = try BoundsGoldenTests.world()
    try world.addUses()
    try world.addNotices()
    try world.addLaws(isWatching: true)
    _ = try world.administration.change {
      try $0.addRole(RoleContent(name: try world.name("Own"), summary: .empty, permissions: [.securityRead]))
    }
    return world
  }

  private struct Found {
    var pages:
      [String: (order: Int, actions: [ConfigVocabulary.Action], columns: [ConfigVocabulary.Column])] = [:]

    mutating func note(
      _ name: String, _ bindings: [KeyBinding<ErasedMessage>], _ columns: [ConfigVocabulary.Column]
    ) {
      var page = pages[name] ?? (pages.count, [], [])
      // At one moment an action has one meaning.
      for (id, same) in Dictionary(grouping: bindings, by: \.id) {
        #expect(Set(same.map(\.help)).count == 1, "\(name): \(id)")
        #expect(!id.isEmpty)
      }
      for binding in bindings {
        let keys = binding.keys
        if let index = page.actions.firstIndex(where: { $0.id == binding.id }) {
          let before = page.actions[index]
          page.actions[index] = ConfigVocabulary.Action(
            id: before.id, keys: before.keys + keys.filter { !before.keys.contains($0) }, group: before.group,
            help: before.help)
        } else {
          page.actions.append(
            ConfigVocabulary.Action(id: binding.id, keys: keys, group: binding.group, help: binding.help))
        }
      }
      page.columns += columns.filter { !page.columns.contains($0) }
      pages[name] = page
    }
  }

  private func columns(_ screen: any Screen) -> [ConfigVocabulary.Column] {
    func of(_ list: some ListScreen) -> [ConfigVocabulary.Column] {
      list.rows.list.allColumns.map { ConfigVocabulary.Column(id: $0.id, title: $0.title) }
    }
    if let list = screen as? any ListScreen { return of(list) }
    if let editor = screen as? EditorScreen, let list = editor.pages.shown?.page as? any ListScreen {
      return of(list)
    }
    return []
  }

  /// A console of a user, so that there is something to undo.
  private func console(_ world: ScreenWorld) throws -> ConsoleDriver {
    let context = ConsoleContext(
      administration: try world.administration(as: "Ada"), clipboard: .forTests,
      readFile: { _ in Array("connector,company,group,list\nStock,MX,Bins,Shelves\n".utf8) })
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store", size: Size(columns: 120, rows: 40)))
  }

  private func note(_ console: ConsoleDriver, in found: inout Found) {
    for opened in console.compositor.stack {
      guard let name = opened.screen.pageName else { continue }
      let bindings = opened.screen.plainBindings
      found.note(name, bindings, columns(opened.screen))
    }
  }

  private func table() throws -> String {
    let world = try world()
    var found = Found()
    found.note(
      KeyAssignments.everywhere, GlobalAction.bindings.map { $0.map { ErasedMessage(value: $0) } }, [])
    try walk(Self.ways, world, &found)
    try noteEditors(world, &found)
    try walk(Self.waysOfDeleting, world, &found)
    for name in ["Ada", "Bob"] { _ = try world.administration(as: name) }
    try world.administration.change { try $0.set(.dualRemovals, to: .number(1)) }
    try walk(Self.waysOfAsking, world, &found)
    let pages = found.pages.sorted { $0.value.order < $1.value.order }
    return pages.flatMap { name, page in
      page.actions.map { action in
        let keys = action.keys.map(\.label).joined(separator: " ")
        return ["action", name, action.id, keys, action.group, action.help].joined(separator: "\t")
      } + page.columns.map { ["column", name, $0.id, $0.title].joined(separator: "\t") }
    }.joined(separator: "\n") + "\n"
  }

  private func walk(_ ways: [String], _ world: ScreenWorld, _ found: inout Found) throws {
    for way in ways {
      var console = try console(world)
      note(console, in: &found)
      for key in try #require(Key.parse(way)) {
        console.handle(.key(key))
        note(console, in: &found)
      }
    }
  }

  /// Goes through all pages of the editors, with the keys in the pane and on the page.
  private func noteEditors(_ world: ScreenWorld, _ found: inout Found) throws {
    for way in ["Enter a Enter", "Enter u Enter", "Enter t Enter", "Enter r End Enter", "Enter L Enter Esc"] {
      var console = try console(world)
      console.press(way)
      guard console.compositor.stack.last?.screen is EditorScreen else { continue }
      // Where the pane has the keys, Enter unfolds a connector.
      for _ in 0..<30 {
        note(console, in: &found)
        console.press("Enter")
        note(console, in: &found)
        if let editor = console.compositor.stack.last?.screen as? EditorScreen, editor.isOnPage {
          console.press("Esc")
        }
        console.press("Down")
      }
    }
  }

  @Test("the table is what the pages have")
  func matches() throws {
    let table = try table()
    if ProcessInfo.processInfo.environment["POPSEC_RECORD"] != nil {
      try table.write(to: Self.path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: Self.path, encoding: .utf8) == table)
  }
}
