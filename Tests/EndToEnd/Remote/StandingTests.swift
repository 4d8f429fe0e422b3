import Foundation
import Testing

extension EndToEnd.Team {
  @Test("a key lets in from the moment it is added until the moment it is removed")
  func keys() throws {
    try onTeam { team in
      let key = try team.publicKey("stranger")
      func status() throws -> Int32 { try team.ssh(.operator, "api-user list", key: "stranger").status }
      #expect(try status() == 255)
      try team.succeed(team.ssh(.administrator, "user key add Otto --key-file -", input: key + "\n"))
      #expect(try status() == 0)
      let taken = try team.ssh(.administrator, "user key add Sue --key '\(key)'")
      #expect(taken.status == 65 && taken.errors.contains("has this SSH key"))
      let fingerprint = try team.fingerprint("stranger")
      try team.succeed(team.ssh(.administrator, "user key remove Otto \(fingerprint)"))
      #expect(try status() == 255)
    }
  }

  /// How somebody loses what they are connected by, and what they are told.
  enum Loss: String, CaseIterable {
    case disabled, keyless, demoted

    func happens(_ team: TeamServer) throws {
      switch self {
      case .disabled: try team.succeed(team.ssh(.administrator, "user disable Otto"))
      case .keyless:
        let fingerprint = try team.fingerprint(Member.operator.keyFile)
        try team.succeed(team.ssh(.administrator, "user key remove Otto \(fingerprint)"))
      case .demoted:
        try team.succeed(
          team.ssh(.administrator, "user role Otto --remove TokenOperator --add SecurityReader"))
      }
    }

    var reason: String {
      switch self {
      case .disabled: "your user is disabled"
      case .keyless: "no longer has the SSH key"
      case .demoted: "no longer call for this account"
      }
    }
  }

  @Test(
    "whoever loses what they came by while they are there is put out at once, and told why",
    arguments: Loss.allCases)
  func putOut(_ loss: Loss) throws {
    try onTeam { team in
      let person = try team.person(.operator)
      try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle()
      try loss.happens(team)
      #expect(try person.seesEnd() == 77)
      try person.sees(loss.reason)
      #expect(person.modes.isClean, "\(person.modes)")
      #expect(try team.ssh(.operator, "api-user list").status == 255)
    }
  }

  @Test("a stream of checks ends with the right to ask")
  func batch() throws {
    try onTeam { team in
      let question = #"{"apiUser":"Portal Mexico","widget":"Sales","company":"MX"}"#
      let person = try team.person(.support, "check --batch -", terminal: false)
      try person.types(question + "\r").sees(#"{"decision":"allow""#)
      try team.succeed(team.ssh(.administrator, "user disable Sue"))
      person.types(question + "\r")
      #expect(try person.seesEnd() == 77)
      try person.sees("your user is disabled")
    }
  }
}
