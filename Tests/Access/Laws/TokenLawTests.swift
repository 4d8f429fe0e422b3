import Access
import Testing

@Suite struct TokenLawTests {
  let base = DecisionWorld()
  let network = Network("10.0.0.0/8")

  private func breach(
    _ form: LawForm<AsFound>, _ tokens: [Token] = [], ownership: Ownership = .none,
    except until: Timestamp? = nil
  ) throws -> LawBreach? {
    let account = Account(id: base.user, kind: .apiUser, name: try Name("portal"), createdAt: base.now)
    let subject = LawSubject(account, access: base.access(nil), ownership: ownership, tokens: tokens)
    let law = try Law<AsFound>(
      name: Name("production tokens end"), form: form,
      exceptions: until.map { [.present(base.user): $0] } ?? [:])
    return firstBreach(of: law, by: subject, in: LawGround(parts: [:]), at: base.now)
  }

  private func fault(
    _ demands: TokenDemands, _ token: Token, except until: Timestamp? = nil
  ) throws -> TokenFault? {
    let form = LawForm<AsFound>.tokens(try LawWho(apiUsers: .all), demands)
    guard case .token(_, let fault)? = try breach(form, [token], except: until)?.finding else { return nil }
    return fault
  }

  @Test("a token that is live, or will be, obeys each demand or breaks the law")
  func demands() throws {
    let (day, later) = (base.now.adding(days: 1), base.now.adding(seconds: 86_401))
    var limited = try base.token()
    limited.limits.endpoints = [base.endpointID]
    limited.limits.networks = Set([network].compactMap { $0 })
    var anywhere = limited
    anywhere.limits.networks.formUnion([Network("0.0.0.0/0"), Network("::/0")].compactMap { $0 })
    let oneDay = try TokenDemands(maximumDays: 1)
    let networks = try TokenDemands(needsNetworks: true), places = try TokenDemands(needsPlaces: true)
    let cases: [(TokenDemands, Token, TokenFault?)] = [
      (oneDay, try base.token(expiry: .at(day)), nil),
      (oneDay, try base.token(expiry: .at(later)), .longerThan(days: 1)),
      (oneDay, try base.token(expiry: .never), .longerThan(days: 1)),
      (oneDay, try base.token(expiry: .never, isDisabled: true), nil),
      (oneDay, try base.token(expiry: .never, isRevoked: true), nil),
      (oneDay, try base.token(from: day, expiry: .never), .longerThan(days: 1)),
      (try TokenDemands(isExpiring: true), try base.token(expiry: .at(later)), nil),
      (try TokenDemands(isExpiring: true), try base.token(expiry: .never), .neverExpires),
      (networks, limited, nil), (networks, anywhere, .anyNetwork),
      (networks, try base.token(expiry: .at(day)), .anyNetwork),
      (networks, try base.token(expiry: .at(base.now)), nil),
      (places, limited, nil), (places, try base.token(), .anyPlace),
    ]
    for (demands, token, expected) in cases { #expect(try fault(demands, token) == expected) }
  }

  @Test("a token is unused once the whole days are over since it was made, or last used")
  func unused() throws {
    let demand = try TokenDemands(unusedDays: 30)
    func token(made: Int64, used: Int64? = nil) throws -> Token {
      let token = try base.token()
      return Token(
        id: token.id, account: token.account, name: token.name, expiry: .never,
        createdAt: base.now.adding(days: made),
        lastUsedAt: used.map { base.now.adding(days: $0) }, hint: token.hint)
    }
    let cases: [(Token, Bool)] = [
      (try token(made: -29), false), (try token(made: -30), true), (try token(made: -40, used: -29), false),
      (try token(made: -40, used: -30), true),
    ]
    for (token, isBroken) in cases { #expect(try (fault(demand, token) != nil) == isBroken) }
    #expect(try fault(demand, token(made: -40), except: base.now.adding(days: 1)) == nil)
    #expect(try fault(demand, token(made: -40), except: base.now) != nil)
  }

  @Test("an exception covers a token that ends before it does, and no other")
  func exceptions() throws {
    let demand = try TokenDemands(needsPlaces: true)
    let until = base.now.adding(days: 5)
    for (days, isBroken) in [(Int64(4), false), (5, false), (6, true)] {
      let token = try base.token(expiry: .at(base.now.adding(days: days)))
      #expect(try (fault(demand, token, except: until) != nil) == isBroken)
    }
  }

  @Test(
    "an API user needs an owner, and a user who owns it has to be enabled",
    arguments: [(.none, true), (.owned, false), (.disabledUser, true), (.deletedUser, true)]
      as [(Ownership, Bool)])
  func owners(ownership: Ownership, isBroken: Bool) throws {
    let form = try LawForm<AsFound>.owned(checked: LawWho(apiUsers: .all))
    #expect(try (breach(form, ownership: ownership) != nil) == isBroken)
    #expect(try breach(form, ownership: ownership, except: base.now.adding(days: 1)) == nil)
  }
}
