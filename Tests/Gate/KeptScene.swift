import Access
import Administration
@testable import Gate
import NIOHTTP1
import SQLiteStore
import Store
import TestSupport

/// A gate that serves a scene at a socket and keeps its answers, with a worker beside it that keeps none.
final class KeptScene {
  let scene: GateScene
  let server: GateServer
  let caller: GateCaller
  let socket: String
  let team: TeamID
  let secondToken: TokenRowID
  /// The Token IDs that are asked for, by their tokens.
  private(set) var ids: [TokenRowID: TokenID] = [:]

  init(assertions: AssertionBook? = nil, threads: Int = 1, inDatabase: Bool = false) throws {
    scene = try GateScene(assertions: assertions, inDatabase: inDatabase)
    socket = scene.folder.path + "/gate.sock"
    server = try GateServer(
      [try .bound(to: .unix(path: socket))], threads: threads, connections: 20, shared: scene.shared,
      makeEnforcer: scene.makeEnforcer)
    caller = try GateCaller(socket)
    let account = scene.account
    (team, secondToken) = try scene.administration.change { change in
      let team = try change.addTeam(name: Name("Callers"))
      try change.saveRoles(
        of: .team(team.id), Edit(was: [], becomes: [.builtIn(.widgetReader), .builtIn(.apiReader)]))
      try change.saveMembers(of: team.id, adding: [account], removing: [])
      return (team.id, try change.addToken(to: account, name: Name("second")).id)
    }
    for token in [scene.token, secondToken] { try learn(token) }
  }

  /// Learns the newest Token ID of a token.
  func learn(_ token: TokenRowID) throws {
    ids[token] = try scene.administration.change { try $0.reveal(token, for: .copy) }
  }

  /// One question, as a proxy sends it.
  struct Question {
    var path = "/auth/nginx"
    var headers: [(String, String)]

    static func nginx(_ target: String, from source: String = "10.1.2.3", _ more: [(String, String)] = [])
      -> Question
    {
      Question(
        headers: [
          ("Host", "gate"), ("X-Original-URI", target), ("X-Original-Method", "GET"),
          ("X-Original-Host", "portal.example.com"), ("X-Real-IP", source),
        ] + more)
    }

    static func forward(_ target: String, _ more: [(String, String)] = []) -> Question {
      Question(
        path: "/auth/forward",
        headers: [
          ("Host", "gate"), ("X-Forwarded-Method", "GET"), ("X-Forwarded-Proto", "https"),
          ("X-Forwarded-Host", "portal.example.com"), ("X-Forwarded-Uri", target),
        ] + more)
    }

    var text: String {
      "GET \(path) HTTP/1.1\r\n" + headers.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
    }

    var raw: RawRequest { RawRequest(target: path, headers: HTTPHeaders(headers)) }
  }

  /// Whether a store is in a database, for tests of both.
  static let places = PostgresServer.shared == nil ? [false] : [false, true]

  /// The answer of the gate that keeps.
  func fast(_ question: Question) throws -> GateCaller.Reply { try caller.ask(question.text) }

  /// The answer of a worker that decides each time. It shares the handles of cookies with the gate.
  func slow(_ question: Question) -> GateCaller.Reply {
    let answer = scene.worker.answer(question.raw)
    let decision = answer.header("X-Popsec-Decision")
    let headers = answer.headers.filter { $0.name != "X-Popsec-Decision" }.map { "\($0.name): \($0.value)" }
    return GateCaller.Reply(
      status: answer.status, headers: headers + ["Content-Length: \(answer.body.utf8.count)"],
      body: answer.body,
      decision: decision)
  }

  /// How many uses of kept answers nobody has taken yet.
  var keptUses: Int { scene.shared.answers.usedCount }

  /// Ends the gate, and tells how often a token was let in.
  func uses(of token: TokenRowID) throws -> Int {
    server.stop(now: scene.clock.now)
    scene.write()
    return try scene.uses.uses(of: [token]).reduce(0) { $0 + $1.useCount }
  }
}
