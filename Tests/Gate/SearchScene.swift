import Access
import Administration
import Foundation
import Gate
import Store
import Testing

/// What a search answered.
struct SearchFound: Decodable {
  struct Page: Decodable {
    let next_token: String
    let count: Int
  }

  struct Entity: Decodable, Hashable {
    var type: String?
    var id: String?
    var name: String?
    var properties: [String: String]?
  }

  let page: Page
  let results: [Entity]

  /// What the widget of the scene is asked with.
  static let widget = #""action":{"name":"view"},"resource":{"type":"widget","id":"Sales"}"#

  init(_ answer: Answer) throws {
    #expect(answer.status == 200, "\(answer.body)")
    #expect(answer.body.hasPrefix(#"{"page":"#))
    self = try JSONDecoder().decode(SearchFound.self, from: Data(answer.body.utf8))
  }
}

extension GateScene {
  func page(_ kind: String, _ body: String) throws -> SearchFound {
    try SearchFound(evaluate("{\(body)}", path: "/access/v1/search/" + kind))
  }

  /// All pages of a search, and how many there were.
  func all(
    _ kind: String, _ body: String, limit: Int? = nil
  ) throws -> (results: [SearchFound.Entity], pages: Int) {
    var (results, pages, token) = ([SearchFound.Entity](), 0, "")
    repeat {
      let limited = limit.map { ",\"limit\":\($0)" } ?? ""
      let found = try page(kind, body + ",\"page\":{\"token\":\"\(token)\"\(limited)}")
      #expect(found.page.count == found.results.count)
      #expect(found.results.count <= min(limit ?? 100, 100))
      results += found.results
      token = found.page.next_token
      pages += 1
    } while !token.isEmpty && pages < 1_000
    return (results, pages)
  }

  /// API users of whom each third may see the widget, every fifth of these through a team, and one who is disabled.
  func fill(count: Int) throws {
    try administration.change { change in
      let connector = try #require(try change.reader.connectors().first)
      let list = try #require(
        try change.reader.lists(of: connector.id).first { $0.name.text == "Sales Orders" })
      let given = Permissions(roles: [.user], companies: .all, lists: .only([list.id]))
      let team = try change.addTeam(name: Name("Sales"))
      try change.setGrant(of: .team(team.id), on: connector.id, given)
      try change.saveRoles(of: .team(team.id), Edit(was: [], becomes: [.builtIn(.widgetReader)]))
      for number in 0..<count {
        let account = try change.addAccount(.apiUser, name: Name("Partner \(number)"))
        guard number.isMultiple(of: 3) else { continue }
        if number.isMultiple(of: 5) {
          try change.saveMembers(of: team.id, adding: [account.id], removing: [])
        } else {
          let subject = SubjectID.account(account.id)
          try change.setGrant(of: subject, on: connector.id, given)
          try change.saveRoles(of: subject, Edit(was: [], becomes: [.builtIn(.widgetReader)]))
        }
        if number == 3 { try change.setEnabled(false, account.id) }
      }
      _ = try change.addAccount(.user, name: Name("Ada"))
    }
  }
}
