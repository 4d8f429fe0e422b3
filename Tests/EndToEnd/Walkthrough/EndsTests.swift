import Foundation
import Testing

extension EndToEnd {
  @Suite("access that ends, on a real terminal")
  struct Ends {
    /// Central European time as a rule (POSIX, tzset(3)), for which no files of zones are needed.
    private static let zone = ["TZ": "CET-1CEST,M3.5.0,M10.5.0/3"]

    @Test("a role is given for three days, in the zone of the session, and its end is marked everywhere")
    func role() throws {
      try onStore(.emptyStore) { store in
        try store.succeed("api-user", "add", "Portal")
        let person = try store.person(columns: 120, adding: Self.zone)
        try person.sees("Security").sees("CET")
        try person.presses("s a").sees("Portal").presses("Enter").sees("Connectors")
        try person.presses("j j Enter").sees("WidgetReader").presses("j t").sees("tick the row first")
        try person.presses("Space t").sees("From and until").types("soon").presses("Enter")
        try person.sees("this is no instant").presses("C-u").types("+3d").presses("Enter")
        try person.sees("in 3 days !").sees("Ctrl-S save").presses("C-s").sees("System roles saved")
        try person.presses("Esc j j Enter").sees("open, ends in 3 days !")
        try person.presses("t").sees("Look at another instant").types("+4d").presses("Enter")
        try person.sees("Access in 4 days").sees("widgets: closed")
        let held = try store.json(Shown.self, "api-user", "show", "Portal").roles.first
        #expect(held?.name == "WidgetReader")
        let until = try #require(held?.until.flatMap { try? Date($0, strategy: .iso8601) })
        #expect(abs(until.timeIntervalSinceNow - 3 * 86_400) < 3_600)
      }
    }

    private struct Shown: Decodable {
      struct Role: Decodable {
        let name: String
        let until: String?
      }
      let roles: [Role]
    }
  }
}
