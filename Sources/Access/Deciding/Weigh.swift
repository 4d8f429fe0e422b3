/// The result of step 6.
struct GrantStep {
  let result: StepResult<GrantBasis, GrantFailure>
  let trials: [GrantTrial]
}

/// Step 6: whether one single grant in force covers what was located.
///
/// - Parameter subjects: the subject of the access and its teams.
func weigh(
  _ access: SubjectAccess, _ subjects: SubjectSet, against located: Located, at now: Timestamp
) -> GrantStep {
  var trials: [GrantTrial] = []
  var covering: [GrantID] = []
  var met = MetGrants(access)
  // A span reads in place. Whatever else takes a grant out of the array copies the grant, with each of its sets counted.
  let grants = access.grants.span
  for index in grants.indices where grants[index].connector == located.connector {
    let (id, subject) = (grants[index].id, grants[index].subject)
    guard let place = subjects.place(of: subject) else {
      return GrantStep(result: .inconsistent(.grantOfAnother(id)), trials: [])
    }
    if let twin = met.meet(id, of: subject, at: place, trials) {
      return GrantStep(result: .inconsistent(.twoGrants(twin, id)), trials: [])
    }
    if trials.isEmpty { trials.reserveCapacity(grants.count - index) }
    let (membership, own) = (subjects.membership(at: place), grants[index].permissions.bounds)
    let outcome: GrantTrial.Outcome =
      if let lapse = Lapse(membership: membership, own: own, at: now) { .lapsed(lapse) } else {
        grants[index].permissions.outcome(against: located)
      }
    if case .covers = outcome { covering.append(id) }
    trials.append(GrantTrial(grant: id, subject: subject, outcome: outcome))
  }
  if let administrator = access.administrator(at: now) {
    return GrantStep(result: .held(.administrator(administrator.holder)), trials: trials)
  }
  if !covering.isEmpty { return GrantStep(result: .held(.grants(covering)), trials: trials) }
  return GrantStep(result: .failed(trials.isEmpty ? .noGrant : .noneCovers), trials: trials)
}

extension Permissions {
  /// Whether these permissions have a connector role that gives data.
  package var giveData: Bool { roles.contains { $0.givesData } }

  /// Compares a grant in force with what was located, by the conditions a to d in this order.
  package func outcome(against located: Located) -> GrantTrial.Outcome {
    guard giveData else { return .fails(.role) }
    if roles.contains(where: { $0.isAdministrator }) {
      return .covers(AccessBlock(companies: located.companies, lists: located.lists))
    }
    var companies: [CompanyID]?
    if let wanted = located.companies {
      let covered = self.companies.covered(wanted)
      if covered.isEmpty { return .fails(.company) }
      companies = covered
    }
    var lists = self.lists.covered(located.lists)
    if lists.isEmpty { return .fails(.list) }
    if let item = located.item {
      let covered = item.items.filter { lists.contains($0.list) && self[item.kind].covers($0) }
      lists = lists.filter { list in covered.contains { $0.list == list } }
      if lists.isEmpty { return .fails(.item) }
    }
    return .covers(AccessBlock(companies: companies, lists: lists))
  }
}

extension ConnectorRole {
  // A switch, because a set that looks for a role hashes the role's text, which takes longer than a whole grant.
  fileprivate var givesData: Bool {
    switch self {
    case .user, .administrator: true
    case .reader, .customListContributor, .customListAdministrator: false
    }
  }

  fileprivate var isAdministrator: Bool {
    switch self {
    case .administrator: true
    case .user, .reader, .customListContributor, .customListAdministrator: false
    }
  }
}

extension Coverage {
  /// Those of the elements that are covered, in their order. Where all are, as mostly, it is the very same array, so that
  /// no other one is made.
  fileprivate func covered(_ elements: [Element]) -> [Element] {
    guard case .only(let set) = self else { return elements }
    // The closures are written out, because `set.has` as a value would retain the set, which takes longer than the look-up.
    if elements.allSatisfy({ set.has($0) }) { return elements }
    return elements.count == 1 ? [] : elements.filter { set.has($0) }
  }
}
