// A law is kept with the names that people wrote, under the keys of the security file. What has its default is left out,
// and sets are sorted, so that equal laws have equal texts. Reading runs the checks of the values.

extension Law: Codable where Naming == AsWritten {
  private enum Key: String, CodingKey {
    case name, reason, mode, never, apart, within, tokens, owned
    case exceptions = "except"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let exceptions = try container.decodeIfPresent([CodedException].self, forKey: .exceptions) ?? []
    try self.init(
      name: try container.decode(Name.self, forKey: .name),
      reason: try container.decodeIfPresent(Summary.self, forKey: .reason) ?? .empty,
      mode: try container.decodeIfPresent(LawMode.self, forKey: .mode) ?? .enforce,
      form: try Self.form(container),
      exceptions: Dictionary(exceptions.map { ($0.apiUser, $0.until) }, uniquingKeysWith: min))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    if !reason.text.isEmpty { try container.encode(reason, forKey: .reason) }
    if mode != .enforce { try container.encode(mode, forKey: .mode) }
    if !exceptions.isEmpty {
      let sorted = exceptions.sorted { $0.key.text < $1.key.text }
      try container.encode(
        sorted.map { CodedException(apiUser: $0.key, until: $0.value) }, forKey: .exceptions)
    }
    switch form {
    case .never(let who, let what):
      try container.encode(CodedForm(who: who, what: what), forKey: .never)
    case .apart(let who, let what, let other):
      try container.encode(CodedForm(who: who, what: what, and: other), forKey: .apart)
    case .within(let who, let team):
      try container.encode(CodedForm(who: who, of: team), forKey: .within)
    case .tokens(let who, let demands):
      try container.encode(CodedForm(who: who, demands: demands), forKey: .tokens)
    case .owned(let who): try container.encode(CodedForm(who: who), forKey: .owned)
    }
  }

  private static func form(_ container: KeyedDecodingContainer<Key>) throws -> LawForm<AsWritten> {
    func coded(_ key: Key) throws -> CodedForm? {
      try container.decodeIfPresent(CodedForm.self, forKey: key)
    }
    if let form = try coded(.never), let what = form.what { return .never(form.who, what) }
    if let form = try coded(.apart), let what = form.what, let other = form.and {
      return .apart(form.who, what, other)
    }
    if let form = try coded(.within), let team = form.of { return .within(form.who, team) }
    if let form = try coded(.tokens), let demands = form.demands {
      return .tokens(form.who, demands)
    }
    if let form = try coded(.owned) { return try .owned(checked: form.who) }
    throw DecodingError.dataCorrupted(
      .init(codingPath: container.codingPath, debugDescription: "this is no form of a law"))
  }
}

private struct CodedException: Codable {
  let apiUser: Name
  let until: Timestamp
}

/// The parts of any form, of which each form has its own.
private struct CodedForm: Codable {
  var who: LawWho<AsWritten>
  var what: LawWhat<AsWritten>?
  var and: LawWhat<AsWritten>?
  var of: Name?
  var demands: TokenDemands?
}

extension TokenDemands: Codable {
  private enum Key: String, CodingKey { case maxDays, expiring, networks, limited, unusedDays }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func flag(_ key: Key) throws -> Bool {
      try container.decodeIfPresent(Bool.self, forKey: key) ?? false
    }
    try self.init(
      maximumDays: try container.decodeIfPresent(Int.self, forKey: .maxDays),
      isExpiring: try flag(.expiring),
      needsNetworks: try flag(.networks), needsPlaces: try flag(.limited),
      unusedDays: try container.decodeIfPresent(Int.self, forKey: .unusedDays))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(maximumDays, forKey: .maxDays)
    if isExpiring { try container.encode(true, forKey: .expiring) }
    if needsNetworks { try container.encode(true, forKey: .networks) }
    if needsPlaces { try container.encode(true, forKey: .limited) }
    try container.encodeIfPresent(unusedDays, forKey: .unusedDays)
  }
}
