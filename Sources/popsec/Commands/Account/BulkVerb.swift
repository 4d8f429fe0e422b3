import Access
import Administration
import ArgumentParser

/// What is to be done with many accounts, as it is written on the command line.
enum BulkVerb: String, CaseIterable, ExpressibleByArgument {
  case enable, disable
  case revokeTokens = "revoke-tokens"
  case addToTeam = "add-to-team"
  case setExpiry = "set-expiry"
}

extension BulkAction {
  /// The verb as scripts read it.
  var verb: BulkVerb {
    switch self {
    case .enable: .enable
    case .disable: .disable
    case .revokeTokens: .revokeTokens
    case .addToTeam: .addToTeam
    case .setExpiry: .setExpiry
    }
  }
}
