/// Which API users or tokens are listed, by what is known about them.
package struct ParticularsFilter: Hashable, Sendable {
  /// All of these labels.
  package var labels: [Label]
  /// Nil: whoever the owner is.
  package var owner: OwnerCondition?

  package enum OwnerCondition: Hashable, Sendable {
    case owner(Owner)
    case nobody
  }

  /// Lists everything.
  package static let all = ParticularsFilter()

  package init(labels: [Label] = [], owner: OwnerCondition? = nil) {
    (self.labels, self.owner) = (labels, owner)
  }

  package func contains(_ particulars: Particulars) -> Bool {
    let hasOwner =
      switch owner {
      case .owner(let owner): particulars.owner == owner
      case .nobody: particulars.owner == nil
      case nil: true
      }
    return hasOwner && labels.allSatisfy(particulars.labels.contains)
  }
}
