import Testing

extension EndToEnd {
  @Suite("in GNU screen", .enabled(if: Tool.screen.isThere, "screen isn't installed"))
  struct GNUScreen {
    @Test("the Token ID gets through to the outer clipboard")
    func copies() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico", "--token", "portal")
        let settings = try store.file("screenrc", "startup_message off\naltscreen on\ndefutf8 on\n")
        let person = try store.person(
          [Tool.screen.path, "-c", settings, TestStore.program],
          adding: ["SCREENDIR": try store.privateFolder("screen")])
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle().presses("c")
        try store.expect(try person.clipboard(1), belongsTo: "portal")
      }
    }
  }
}
