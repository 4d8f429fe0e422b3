import Foundation
import Testing

extension EndToEnd {
  @Suite("with a Token ID at hand")
  struct Support {
    @Test("a widget's address with the token is copied, and tells whose it is")
    func address() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico", "--token", "portal")
        let person = try store.person()
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle().presses("u")
        try person.sees("Which widget?").settle().presses("Enter")
        // It was given nothing yet.
        try person.sees("“portal” doesn't open “Sales” now").settle().presses("Enter")
        let address = try person.clipboard(1)
        #expect(address.hasPrefix("https://portal.example.com/widgets/sales?token=pst_"))
        try store.expect(address, belongsTo: "portal")
      }
    }

    @Test(
      "a Token ID that is pasted into the palette leads to its token, and is never shown",
      arguments: ["", "https://portal.example.com/widgets/sales?token="])
    func palette(prefix: String) throws {
      try onStore { store in
        for name in ["Portal Mexico", "Portal US"] {
          try store.succeed("api-user", "add", name, "--token", "portal of \(name)")
        }
        let revealed = try store.popsec(
          "token", "reveal", "Portal US", "portal of Portal US", mayReveal: true)
        let secret = try #require(Secrets.found(in: revealed.output).first)
        let person = try store.person()
        try person.sees("Security").presses(":").sees("Go to").types(
          "\u{1B}[200~\(prefix)\(secret)\u{1B}[201~")
        try person.sees("Enter shows whose token it is").presses("Enter")
        try person.sees("portal of Portal US", "Portal US").settle()
        #expect(person.clipboard.isEmpty)
      }
    }

    @Test("a text that is pasted into a name can neither press Enter nor leave the field")
    func pastedLines() throws {
      try onStore { store in
        let person = try store.person()
        try person.sees("Security").presses("s a").sees("Click here").presses("Enter").sees("Name")
        try person.types("\u{1B}[200~Portal\r\n\tMexico\u{1B}[201~").sees("Portal").settle()
        #expect(person.line(with: "[ Add ]") != nil)
        #expect(person.line(with: "[ ] Add an API token") != nil)
        #expect(try store.popsec("api-user", "list").output.contains("Portal") == false)
      }
    }
  }
}
