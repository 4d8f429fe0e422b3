/// The properties of a token that can be changed.
package struct TokenTerms: Hashable, Sendable {
  package var name: Name
  /// Before that instant the token is not yet valid; nil: from when it was made. Earlier than the expiry.
  package var validFrom: Timestamp?
  package var expiry: Expiry
  package var isDisabled: Bool
  package var limits: TokenLimits
  package var particulars: Particulars

  package init(
    name: Name, validFrom: Timestamp? = nil, expiry: Expiry, isDisabled: Bool = false,
    limits: TokenLimits = .none, particulars: Particulars = .none
  ) {
    self.name = name
    self.validFrom = validFrom
    self.expiry = expiry
    self.isDisabled = isDisabled
    self.limits = limits
    self.particulars = particulars
  }
}

extension Token {
  package var terms: TokenTerms {
    TokenTerms(
      name: name, validFrom: validFrom, expiry: expiry, isDisabled: isDisabled, limits: limits,
      particulars: particulars)
  }
}

/// A token that never expires has no `expiresAt`, and one without a beginning no `validFrom`.
extension TokenTerms: Codable {
  private enum Key: CodingKey { case name, validFrom, expiresAt, isDisabled, limits, particulars }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      name: try container.decode(Name.self, forKey: .name),
      validFrom: try container.decodeIfPresent(Timestamp.self, forKey: .validFrom),
      expiry: try container.decodeIfPresent(Timestamp.self, forKey: .expiresAt).map(Expiry.at) ?? .never,
      isDisabled: try container.decode(Bool.self, forKey: .isDisabled),
      limits: try container.decode(TokenLimits.self, forKey: .limits),
      particulars: try container.decodeIfPresent(Particulars.self, forKey: .particulars) ?? .none)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(validFrom, forKey: .validFrom)
    try container.encodeIfPresent(expiry.timestamp, forKey: .expiresAt)
    try container.encode(isDisabled, forKey: .isDisabled)
    try container.encode(limits, forKey: .limits)
    try container.encodeIfPresent(particulars.orNothing, forKey: .particulars)
  }
}

extension TokenLimits: Codable {
  private enum Key: CodingKey { case widgets, endpoints, networks, requestsPerMinute }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      widgets: try container.decode(Set<WidgetID>.self, forKey: .widgets),
      endpoints: try container.decode(Set<EndpointID>.self, forKey: .endpoints),
      networks: try container.decode(Set<Network>.self, forKey: .networks),
      requestsPerMinute: try container.decodeIfPresent(Int.self, forKey: .requestsPerMinute))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(widgets.sorted(), forKey: .widgets)
    try container.encode(endpoints.sorted(), forKey: .endpoints)
    try container.encode(networks.sortedByText(), forKey: .networks)
    try container.encodeIfPresent(requestsPerMinute, forKey: .requestsPerMinute)
  }
}
