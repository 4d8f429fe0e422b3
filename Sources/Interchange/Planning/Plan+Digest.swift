import Administration
import Store

extension Plan {
  /// A digest of the plan. Two equal plans have the same digest.
  var basis: String { Proposal.basis(of: text()) }
}
