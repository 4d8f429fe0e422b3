import Testing

extension EndToEnd {
  @Suite("from an empty store to a Token ID in the clipboard")
  struct Walkthrough {
    @Test("the walkthrough works with keys alone", arguments: Seat.onBothEngines)
    func byKeys(_ seat: Seat) throws {
      try onStore(mayReveal: !seat.hasClipboard, inDatabase: seat.isInDatabase) { store in
        let person = try store.person(at: seat)
        try person.sees("Security").presses("s").sees("API users").presses("a")
        try person.sees("Click here to add an API user").presses("Enter").sees("Name", "Add an API token")
        try person.seesNo("Token name")
        person.types("Portal Mexico").presses("Tab Space")
        try person.sees("Token name").presses("Tab").types("first").presses("Enter")
        try person.sees("Add token", "first", "Copy").presses("Esc Esc").sees("Portal Mexico")
        try person.presses("Enter").sees("General", "Teams", "System", "Tokens")
        try person.presses("j j j Enter").sees("Add token").presses("a").sees("Expires").types("portal")
        try person.presses("Enter").seesNo("Expires  (").sees("portal", "first")
        try store.expect(store.copied(by: person, at: seat), belongsTo: "portal")
      }
    }

    @Test(
      "the walkthrough works with the mouse alone",
      arguments: Seat.onBothEngines.filter { $0.term != "vt100" })
    func byMouse(_ seat: Seat) throws {
      try onStore(mayReveal: !seat.hasClipboard, inDatabase: seat.isInDatabase) { store in
        let person = try store.person(at: seat)
        try person.sees("Security").clicks("Security").sees("Teams").clicks("identities")
        try person.sees("Click here to add").clicks("Click here to add an API user").sees("Add an API token")
        try person.clicks("Name").types("Portal Mexico").clicks("Add an API token").sees("Token name")
        try person.clicks("Token name").types("first").clicks("Add ]").sees("Copy")
        try person.clicks("General").sees("Enabled").clicks("Tokens").sees("Copy").clicks("Add token")
        try person.sees("Expires").clicks("Name").types("portal").clicks("Add ]").seesNo("Expires  (")
        try person.sees("portal").clicks("first").settle()
        let secret =
          seat.hasClipboard
          ? try person.clicks("Copy", inLineWith: "portal").clipboard(1)
          : try person.clicks("portal").revealed()
        try store.expect(secret, belongsTo: "portal")
      }
    }
  }
}

extension Person {
  /// What was sent to the clipboard as the so-manieth.
  func clipboard(_ count: Int) throws -> String {
    try waits(for: "the clipboard") { clipboard.count >= count }
    try sees("sent to your terminal")
    return clipboard[count - 1]
  }

  /// The Token ID that is shown for the selected token, by the key for it.
  func revealed() throws -> String {
    settle().presses("V")
    try waits(for: "a Token ID on the screen") { !shown.isEmpty }
    let revealed = shown.first ?? ""
    try presses("Esc").waits(for: "it to be hidden") { Secrets.found(in: text).isEmpty }
    return revealed
  }
}

extension TestStore {
  /// The Token ID of the selected token, as it gets out of that kind of terminal.
  func copied(by person: Person, at seat: Seat) throws -> String {
    person.settle().presses("c")
    if seat.hasClipboard { return try person.clipboard(1) }
    try person.sees("has no clipboard")
    #expect(person.clipboard.isEmpty)
    return try person.revealed()
  }

  func expect(
    _ tokenID: String, belongsTo token: String, of account: String = "Portal Mexico",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(
      try owner(of: tokenID) == Owner(account: account, name: token), sourceLocation: sourceLocation)
  }
}
