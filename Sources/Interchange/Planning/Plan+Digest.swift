import Administration
import Store

extension Plan {
  /// Equal plans have the same.
  var basis: String { Proposal.basis(of: text()) }
}
