/// The people of a team who come in over SSH.
enum Member: String, CaseIterable {
  case administrator = "Ada"
  case `operator` = "Otto"
  case support = "Sue"

  var role: String {
    switch self {
    case .administrator: "Administrator"
    case .operator: "TokenOperator"
    case .support: "SecurityReader"
    }
  }

  /// The Unix account that their roles call for.
  var account: String { self == .support ? "popsec-support" : "popsec" }
  var otherAccount: String { self == .support ? "popsec" : "popsec-support" }

  /// The file of their private key, in the team's folder.
  var keyFile: String { rawValue.lowercased() }
}

extension BusinessCentral {
  /// The catalogue, an API user with a token, and the team, each with the public key that is told.
  static func team(key: (Member) throws -> String) rethrows -> String {
    let users = try Member.allCases.map { member in
      "  - {name: \(member.rawValue), roles: [\(member.role)], keys: [\"\(try key(member))\"]}"
    }
    return catalogue + """

      apiUsers:
        - name: Portal Mexico
          roles: [WidgetReader]
          grants: [{connector: Business Central, roles: [User], companies: [MX], lists: [Sales Orders]}]
          tokens: [{name: portal}]
      users:

      """ + users.joined(separator: "\n") + "\n"
  }
}
