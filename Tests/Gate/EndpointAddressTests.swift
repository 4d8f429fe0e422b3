import Access
import Administration
import Gate
import NIOHTTP1
import Store
import Testing

/// Endpoints as an importer makes them, of operations of GitHub's API.
@Suite struct EndpointAddressTests {
  private static let operations = [
    ("re-run", "POST", "/repos/{owner}/{repo}/actions/runs/{run}/rerun"),
    ("merge", "PUT", "/repos/{owner}/{repo}/pulls/{number}/merge"),
    ("transfer", "POST", "/repos/{owner}/{repo}/transfer"), ("get", "GET", "/repos/{owner}/{repo}"),
    ("delete", "DELETE", "/repos/{owner}/{repo}"), ("product", "GET", "/Products({id})"),
    ("mine", "GET", "/user/me"), ("any", "GET", "/user/{name}"),
  ]

  /// Adds the operations, and a token limited to one of them.
  private func tokenID(of operation: String, _ scene: GateScene) throws -> TokenID {
    let token = try scene.administration.change { change in
      let connector = try change.addConnector(Name("GitHub"))
      let list = try change.addList(Name("Repositories"), group: nil, to: connector)
      var meant: Set<EndpointID> = []
      for (name, method, path) in Self.operations {
        let endpoint = Endpoint(
          id: .random(), name: try Name(name),
          address: try AddressTemplate("https://portal.example.com" + path), match: .exact,
          methods: Set([HTTPMethod(rawValue: method)].compactMap { $0 }), connector: connector, list: list)
        let id = try change.add(endpoint)
        if name == operation { meant.insert(id) }
      }
      let subject = SubjectID.account(scene.account)
      try change.saveRoles(
        of: subject,
        Edit(was: [.builtIn(.widgetReader)], becomes: [.builtIn(.widgetReader), .builtIn(.apiReader)]))
      try change.setGrant(of: subject, on: connector, Permissions(roles: [.user], lists: .all))
      return try change.addToken(
        to: scene.account, name: Name(operation), limits: TokenLimits(endpoints: meant)
      ).id
    }
    return try scene.administration.change { try $0.reveal(token, for: .copy) }
  }

  @Test(
    "a token limited to one operation opens no other",
    arguments: [
      ("re-run", "POST /repos/ada/site/actions/runs/7/rerun", "200"),
      ("re-run", "PUT /repos/ada/site/pulls/7/merge", "limits"),
      ("re-run", "POST /repos/ada/site/transfer", "limits"),
      ("re-run", "DELETE /repos/ada/site", "limits"), ("re-run", "GET /repos/ada/site", "limits"),
      ("re-run", "POST /repos/ada/site/hooks", "limits"), ("re-run", "POST /repos/ada/site", "limits"),
      ("re-run", "POST /repos/ada/site/actions/runs/7/rerun/", "limits"),
      ("re-run", "POST /repos/ada/site/actions/runs/7/rerun/x", "limits"),
      ("re-run", "POST /repos/ada%2Fsite/x/actions/runs/7/rerun", "bad-address"),
      ("re-run", "POST /repos/ada/site/actions/runs/7/../7/rerun", "bad-address"),
      ("re-run", "POST /repos/ada/site/actions/runs//rerun", "bad-address"),
      ("get", "GET /repos/ada/site", "200"), ("get", "HEAD /repos/ada/site", "200"),
      ("get", "DELETE /repos/ada/site", "limits"), ("get", "PATCH /repos/ada/site", "limits"),
      ("get", "GET /repos/{owner}/%7Brepo%7D", "200"), ("get", "GET /repos/ada/", "limits"),
      ("product", "GET /Products(1)", "200"), ("product", "GET /Products()", "limits"),
      ("product", "GET /Products(1)/Orders", "limits"), ("any", "GET /user/ada", "200"),
      ("any", "GET /user/me", "limits"), ("any", "POST /user/me", "limits"),
    ])
  func limited(operation: String, asked: String, result: String) throws {
    let scene = try GateScene()
    let id = try tokenID(of: operation, scene)
    let parts = asked.split(separator: " ")
    let answer = scene.nginx(
      String(parts[1]), method: String(parts[0]), headers: ["X-Api-Key": id.revealed])
    #expect((answer.status == 200 ? "200" : answer.header("X-Popsec-Reason")) == result)
  }
}
