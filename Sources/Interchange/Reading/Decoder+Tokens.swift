import Access

extension Decoder {
  func tokens(_ node: Node) -> [TokenEntry] {
    let tokens = elements(node, "tokens", token)
    reportDuplicates(tokens.map(\.named), "token")
    return tokens
  }

  private func token(_ node: Node) -> TokenEntry? {
    guard let fields = Fields<TokenKey>(node, problems) else { return nil }
    let validFrom = fields[.from].flatMap(instant)
    let expiry = fields[.expires].flatMap(expiry)
    if let node = fields[.from] { ordered(validFrom, expiry?.timestamp, at: node) }
    let isDisabled = flag(fields[.disabled], "disabled", default: false)
    let widgets = names(fields[.widgets], "widgets", of: "widget")
    let endpoints = names(fields[.endpoints], "endpoints", of: "endpoint")
    let networks = elements(fields[.networks], "networks", network)
    reportDuplicates(networks) { "the network \(networks[$0].value) is there twice" }
    let rate = fields[.ratePerMinute].flatMap {
      integer($0, "ratePerMinute", in: TokenLimits.requestsPerMinuteRange)
    }
    let particulars = particulars(fields)
    guard let named = name(fields[.name]) else { return nil }
    return TokenEntry(
      named: named, validFrom: validFrom, expiry: expiry, isDisabled: isDisabled, widgets: widgets,
      endpoints: endpoints,
      networks: Set(networks.map(\.value)), requestsPerMinute: rate, particulars: particulars)
  }

  private func expiry(_ node: Node) -> Expiry? {
    guard let text = text(node, "an expiry") else { return nil }
    if text == "never" { return .never }
    if let end = Timestamp(text) { return .at(end) }
    problems.add(
      "\(shown(text)) is no time", at: node.position,
      hint: "write it as 2027-02-21T00:00:00Z or as a day, or never")
    return nil
  }

  private func network(_ node: Node) -> Spot<Network>? {
    guard let text = text(node, "a network") else { return nil }
    if let network = Network(text) { return Spot(value: network, position: node.position) }
    problems.add(
      "\(shown(text)) is no network", at: node.position,
      hint: "write it as 10.0.0.0/8 or 2001:db8::/32, with no bits set beyond the prefix")
    return nil
  }
}
