import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct ExplanationTests {
  let mexico: CheckScene

  init() throws { mexico = try CheckScene() }

  /// The text with straight quotes, which are easier to type.
  private func plain(_ text: String) -> String {
    String(text.map { "\u{201C}\u{201D}".contains($0) ? "\"" : $0 })
  }

  private func expect(
    _ verdict: Verdict, _ step: DecisionStep?, _ reason: String, fixes: [String] = [],
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(verdict.decision.deniedStep == step, sourceLocation: location)
    #expect(plain(verdict.reason) == reason, sourceLocation: location)
    #expect(verdict.fixes().map(plain) == fixes, sourceLocation: location)
  }

  @Test("an allowed request is explained by its givers")
  func allowed() throws {
    let verdict = try mexico.check(widget: "Sales")
    expect(verdict, nil, "covered by the grant of team \"Sales MX\"")
    let explanation = Explanation(verdict)
    #expect(
      explanation.steps.map { plain($0.text) } == [
        "no token is named", "no token is named", "API user \"Portal Mexico\" is enabled",
        "WidgetReader opens widgets, given to team \"Sales MX\"",
        "the widget is there and enabled, on \"Business Central\"",
        "covered by the grant of team \"Sales MX\"",
      ])
    #expect(explanation.steps.map(\.mark) == [.skipped, .skipped, .held, .held, .held, .held])
    #expect(
      explanation.steps[5].children.map { plain($0.text) } == [
        "the grant of team \"Sales MX\" covers \"Sales Orders\" of \"MX\""
      ])
  }

  @Test("the explanation tells what a grant lacks, with what would mend it")
  func grants() throws {
    let ofTeam = "to the grant of team \"Sales MX\" on \"Business Central\""
    expect(
      try mexico.check(company: "US", list: "Sales Orders"), .grant,
      "the grant of team \"Sales MX\" does not have the company \"US\"",
      fixes: ["add company \"US\" \(ofTeam)"])
    expect(
      try mexico.check(company: "MX", list: "Sales Invoices"), .grant,
      "the grant of team \"Sales MX\" does not have the list \"Sales Invoices\"",
      fixes: ["add list \"Sales Invoices\" \(ofTeam)"])
    expect(
      try mexico.check(company: "MX", list: "Sales Orders", item: (.action, "release")), .grant,
      "the grant of team \"Sales MX\" does not have the action \"Release\"",
      fixes: ["add action \"Release\" of list \"Sales Orders\" \(ofTeam)"])
    try mexico.scene.change {
      try $0.setGrant(of: .team(mexico.team.id), on: mexico.catalogue.connector, .none)
    }
    let nothing = try mexico.check(company: "MX", list: "Sales Orders")
    #expect(
      plain(nothing.reason) == "nothing was granted on \"Business Central\", neither to it nor to its teams")
    #expect(nothing.fixes().count == 2)
    #expect(
      plain(nothing.fixes()[0])
        == "add the connector role User, company \"MX\" and list \"Sales Orders\" to the grant of "
        + "API user \"Portal Mexico\" on \"Business Central\"")
  }

  @Test("a missing entry of the catalogue is named as it was asked for")
  func catalogue() throws {
    expect(try mexico.check(widget: "Nope"), .catalogue, "the catalogue has no widget \"Nope\"")
    expect(try mexico.check(endpoint: "Nope"), .catalogue, "the catalogue has no endpoint \"Nope\"")
    expect(
      try mexico.check(connector: "Nope", list: "Sales Orders"), .catalogue,
      "the catalogue has no connector \"Nope\"")
    expect(
      try mexico.check(company: "CA", list: "Sales Orders"), .catalogue,
      "\"Business Central\" has no company \"CA\"")
    expect(
      try mexico.check(widget: "Sales", list: "Nope"), .catalogue, "\"Business Central\" has no list \"Nope\""
    )
    expect(
      try mexico.check(endpoint: "orders", list: "Sales Invoices"), .catalogue,
      "the endpoint is not over the list \"Sales Invoices\"")
    expect(
      try mexico.check(endpoint: "orders", method: "POST"), .catalogue,
      "the endpoint \"orders\" does not take POST")
    expect(
      try mexico.check(list: "Sales Orders", item: (.listAction, "Export")), .catalogue,
      "no list that is meant has the list action \"Export\"")
  }

  @Test("an explanation tells a token's state and limits")
  func tokens() throws {
    let asker = CheckRequest.Asker.token(.id(mexico.token.id), of: mexico.portal)
    let id = mexico.token.id
    expect(
      try mexico.check(.token(Reference(text: "Nope"), of: mexico.portal), widget: "Sales"), .token,
      "API user \"Portal Mexico\" has no token named \"Nope\"")
    try mexico.scene.change { try $0.setDisabled(true, id) }
    expect(
      try mexico.check(asker, widget: "Sales"), .token, "\"portal\" is disabled",
      fixes: ["enable the token \"portal\""])
    try mexico.scene.change {
      try $0.setDisabled(false, id)
      try $0.setExpiry(.at(mexico.scene.now), of: id)
    }
    expect(
      try mexico.check(asker, widget: "Sales"), .token, "\"portal\" is expired since 2026-11-24 12:00 UTC",
      fixes: ["give the token \"portal\" a later end"])
    let network = try #require(Network("10.0.0.0/8"))
    try mexico.scene.change {
      try $0.setExpiry(.never, of: id)
      try $0.setLimits(TokenLimits(networks: [network]), of: id)
    }
    expect(
      try mexico.check(asker, widget: "Sales"), .limits,
      "\"portal\" is limited to networks, and the source of the request isn't known")
    expect(
      try mexico.check(asker, widget: "Sales", source: "192.0.2.1"), .limits,
      "\"portal\" is limited to networks that do not have 192.0.2.1",
      fixes: ["add 192.0.2.1 to the networks of the token \"portal\""])
    #expect(
      Explanation(try mexico.check(asker, widget: "Sales", source: "10.0.0.1")).steps[1].text
        == "the source lies in 10.0.0.0/8")
    try mexico.scene.change { try $0.revoke(id) }
    expect(try mexico.check(asker, widget: "Sales"), .token, "\"portal\" is revoked")
  }

  @Test("an explanation tells a disabled user and a missing role, and one change mends both")
  func userAndSurface() throws {
    try mexico.scene.change { change in
      try change.setEnabled(false, mexico.user.id)
      try change.saveRoles(
        of: .team(mexico.team.id),
        Edit(was: [.builtIn(.widgetReader), .builtIn(.apiReader)], becomes: [.builtIn(.apiReader)]))
    }
    let verdict = try mexico.check(widget: "Sales")
    #expect(verdict.decision.deniedStep == .user)
    #expect(plain(verdict.reason) == "API user \"Portal Mexico\" is disabled")
    #expect(
      plain(Explanation(verdict).steps[3].text)
        == "no system role opens widgets, neither its own nor a team's")
    #expect(
      verdict.fixes().map(plain) == [
        "enable the API user \"Portal Mexico\" and give the system role WidgetReader to API user \"Portal Mexico\"",
        "enable the API user \"Portal Mexico\" and give the system role WidgetReader to team \"Sales MX\"",
      ])
  }

  @Test("no words hold a Token ID, whatever was asked")
  func secrets() throws {
    let id = try mexico.scene.change { try $0.reveal(mexico.token.id, for: .reveal) }
    let verdicts = [
      try mexico.check(.tokenID(id), widget: "Sales"),
      try mexico.check(.token(Reference(text: id.revealed), of: mexico.portal), widget: id.revealed),
      try mexico.check(.tokenID(id), company: id.revealed, list: id.revealed, item: (.action, id.revealed)),
    ]
    for verdict in verdicts {
      let explanation = Explanation(verdict)
      let words = explanation.steps.flatMap { [$0.text] + $0.children.map(\.text) } + explanation.fixes
      #expect(!words.contains { $0.contains(TokenID.prefix) })
    }
  }
}
