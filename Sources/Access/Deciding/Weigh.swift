/// The result of step 6.
struct GrantStep {
  let result: StepResult<GrantBasis, GrantFailure>
  let trials: [GrantTrial]
}

/// Step 6: whether one single grant in force covers what was located.
func weigh(_ access: SubjectAccess, against located: Located, at now: Timestamp) -> GrantStep {
  var trials: [GrantTrial] = []
  var covering: [GrantID] = []
  let subjects = SubjectSet(access)
  // The teams are searched one by one where there are few, which is faster than hashing.
  var seen: [SubjectID: GrantID] = [:]
  let isLarge = access.teams.count > SubjectSet.few
  for grant in access.grants where grant.connector == located.connector {
    guard let membership = subjects.membership(of: grant.subject) else {
      return GrantStep(result: .inconsistent(.grantOfAnother(grant.id)), trials: [])
    }
    let twin =
      isLarge
      ? seen.updateValue(grant.id, forKey: grant.subject)
      : trials.first { $0.subject == grant.subject }?.grant
    if let twin { return GrantStep(result: .inconsistent(.twoGrants(twin, grant.id)), trials: []) }
    let lapse = Lapse(membership: membership, own: grant.permissions.bounds, at: now)
    let outcome = lapse.map(GrantTrial.Outcome.lapsed) ?? grant.permissions.outcome(against: located)
    if case .covers = outcome { covering.append(grant.id) }
    trials.append(GrantTrial(grant: grant.id, subject: grant.subject, outcome: outcome))
  }
  if let administrator = access.administrator(at: now) {
    return GrantStep(result: .held(.administrator(administrator.holder)), trials: trials)
  }
  if !covering.isEmpty { return GrantStep(result: .held(.grants(covering)), trials: trials) }
  return GrantStep(result: .failed(trials.isEmpty ? .noGrant : .noneCovers), trials: trials)
}

extension Permissions {
  /// Whether these permissions have a connector role that gives data.
  package var giveData: Bool { roles.contains(.user) || roles.contains(.administrator) }

  /// Compares a grant in force with what was located, by the conditions a to d in this order.
  package func outcome(against located: Located) -> GrantTrial.Outcome {
    guard giveData else { return .fails(.role) }
    if roles.contains(.administrator) {
      return .covers(AccessBlock(companies: located.companies, lists: located.lists))
    }
    let companies = located.companies.map { $0.filter(self.companies.covers) }
    if companies?.isEmpty == true { return .fails(.company) }
    var lists = located.lists.filter(self.lists.covers)
    if lists.isEmpty { return .fails(.list) }
    if let item = located.item {
      let covered = item.items.filter { lists.contains($0.list) && self[item.kind].covers($0) }
      lists = lists.filter { list in covered.contains { $0.list == list } }
      if lists.isEmpty { return .fails(.item) }
    }
    return .covers(AccessBlock(companies: companies, lists: lists))
  }
}
