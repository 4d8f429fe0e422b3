import Access
import Administration
import Terminal
import Testing

@testable import Console

@Suite("Settings are seen by all, and changed by who may")
struct SettingsScreenTests {
  let world: ScreenWorld

  init() throws { world = try ScreenWorld() }

  private func console(as name: String, role: BuiltInRole = .administrator) throws -> ConsoleDriver {
    let context = ConsoleContext(
      administration: try world.administration(as: name, role: role), clipboard: .forTests)
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store  UTC", size: Size(columns: 80, rows: 24)))
  }

  private func settings() throws -> Settings { try world.administration.settings() }

  @Test("a number is changed, judged while it is typed, and set back")
  func numbers() throws {
    var console = try console(as: "ada")
    console.press("s s Enter Bs*2 \"9999\"")
    #expect(console.text.contains("idle.lockMinutes takes 0 to 1440 minutes; 0: never"))
    console.press("Enter")
    #expect(try settings() == .standard)
    console.press("Bs*3 Enter")
    #expect(try settings().lockAfterMinutes == 9)
    #expect(console.text.contains("9 minutes"))
    console.press("D")
    #expect(try settings() == .standard)
  }

  @Test("a flag is chosen")
  func flags() throws {
    var console = try console(as: "ada")
    console.press("s s Down*2 Enter Space Tab*2 Enter")
    #expect(try settings().isRecordingSafe, "\(console.text)")
  }

  @Test("a user who is no Administrator sees all settings, and changes only their own")
  func readers() throws {
    var console = try console(as: "eve", role: .securityReader)
    console.press("s s Enter")
    #expect(!console.text.contains("Change setting"))
    #expect(console.text.contains("Administrators change it."))
    console.press("D End Enter Space Tab*2 Enter")
    let eve = try world.administration(as: "eve")
    #expect(try eve.settings().isRecordingSafe)
    #expect(try !settings().isRecordingSafe)
  }

  @Test("nobody can lift for themselves what the store demands, and the dialog says why")
  func demanded() throws {
    let ada = try world.administration(as: "ada")
    try ada.change { change in
      try change.set(.recordingSafe, to: .flag(true), for: ada.operating.user)
      try change.set(.recordingSafe, to: .flag(true))
    }
    var console = try console(as: "ada")
    console.press("s s End Enter Down Space Tab Enter")
    #expect(console.text.contains("is demanded of everybody"), "\(console.text)")
  }
}
